import PrepaperDomain

/// A chart as inline SVG: candles, the bars behind each decision, and the orders over the time that they stand.
struct ChartDrawing {
  /// More candles than this cannot be told apart: bars are joined then.
  private static let mostCandles = 200

  let frame: ChartFrame
  let timeline: Timeline
  let decisions: [Decision]
  let clock: LocalClock
  let isDaily: Bool
  /// How many slots one candle stands for.
  let slotsEach: Int
  let scale: PriceScale

  /// A drawing of these decisions; nil where there is no bar.
  init?(frame: ChartFrame, timeline: Timeline, decisions: [Decision], facts: RunFacts) {
    guard let prices = timeline.prices else { return nil }
    self.frame = frame
    self.timeline = timeline
    self.decisions = decisions
    clock = facts.clock
    isDaily = facts.isDaily
    slotsEach = (timeline.slots.count + Self.mostCandles - 1) / Self.mostCandles
    let levels = decisions.flatMap { $0.orders.flatMap { $0.levels.map(\.price) } }
    scale = PriceScale(bars: prices, levels: levels, bottom: frame.bottom - 4, top: frame.top)
  }

  /// The width of a slot.
  var pitch: Double { (frame.right - frame.left) / Double(timeline.slots.count) }

  /// The drawing.
  ///
  /// - Parameters:
  ///   - id: a name that no other drawing of the page has.
  ///   - title: what is drawn, in a few words.
  func svg(id: Markup, title: String) -> Markup {
    let description = decisions.flatMap(\.orders).prefix(ReportLimits.ordersOfChart)
      .map { $0.sentence(clock) }.joined(separator: " ")
    return """
      <svg viewBox="0 0 \(frame.width.coordinate) \(frame.height.coordinate)" role="img" \
      aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(title)</title>
      <desc id="\(id)-d">\(description)</desc>
      \(highlights)\(priceAxis)\(timeAxis)\(gaps)\(boxes)\(candles)\(lines)\(labels)</svg>

      """
  }

  /// How far a slot's left edge is from the drawing's.
  func x(_ position: Double) -> Double { frame.left + position * pitch }

  private var priceAxis: Markup {
    let (prices, decimals) = scale.ticks
    let ticks = prices.map { price -> Markup in
      let y = scale.height(of: price)
      return """
        <text x="\((frame.left - 8).coordinate)" y="\((y + 3.5).coordinate)">\(price.fixed(decimals: decimals))</text>
        """
    }
    let lines = prices.map { price -> Markup in
      """
      M\(frame.left.coordinate) \(scale.height(of: price).coordinate)H\(frame.right.coordinate)
      """
    }
    return "<path class=\"grid\" d=\"\(lines.joined())\"/>\n<g class=\"prices\">\(ticks.joined())</g>\n"
  }

  private var candles: Markup {
    var wicks = Markup()
    var rising = Markup()
    var falling = Markup()
    for candle in Candle.candles(of: timeline, slotsEach: slotsEach) {
      let width = min(max(Double(candle.slots.count) * pitch * 0.62, 0.8), 13)
      let middle = x(Double(candle.slots.lowerBound + candle.slots.upperBound) / 2)
      let (left, right) = (middle - width / 2, middle + width / 2)
      let open = scale.height(of: candle.open)
      let close = scale.height(of: candle.close)
      wicks += """
        M\(middle.tenth) \(scale.height(of: candle.high).tenth)V\(scale.height(of: candle.low).tenth)
        """
      if candle.open == candle.close {
        wicks += "M\(left.tenth) \(open.tenth)H\(right.tenth)"
      } else {
        let body: Markup = "M\(left.tenth) \(open.tenth)H\(right.tenth)V\(close.tenth)H\(left.tenth)Z"
        if candle.close > candle.open { rising += body } else { falling += body }
      }
    }
    return """
      <path class="wick" d="\(wicks)"/><path class="up" d="\(rising)"/><path class="down" d="\(falling)"/>

      """
  }

  /// Where bars lack that the calendar expects.
  private var gaps: Markup {
    var path = Markup()
    var start: Int?
    for index in 0...timeline.slots.count {
      let isGap =
        index < timeline.slots.count && timeline.slots[index].bar == nil && timeline.slots[index].isExpected
      if isGap {
        start = start ?? index
      } else if let from = start {
        let (left, right) = (x(Double(from)), x(Double(index)))
        path += "M\(left.tenth) \(frame.top.tenth)H\(right.tenth)V\(frame.bottom.tenth)H\(left.tenth)Z"
        start = nil
      }
    }
    return path.isEmpty ? "" : "<path class=\"gap\" d=\"\(path)\"><title>bars are missing</title></path>\n"
  }

  /// Bands behind the bars that decisions were made from, with their letters.
  private var highlights: Markup {
    var bands = Markup()
    var letters = Markup()
    var lastNumber = -20.0
    for decision in decisions {
      let bars = decision.bars(on: timeline)
      for bar in bars {
        let width = max(pitch, 2)
        let left = x(Double(bar.slot) + 0.5) - width / 2
        bands += """
          <rect class="\(bar.style)" x="\(left.tenth)" y="\(frame.top.tenth)" width="\(width.tenth)" \
          height="\((frame.bottom - frame.top).tenth)"/>
          """
        if pitch >= 8 {
          letters += """
            <text x="\(x(Double(bar.slot) + 0.5).tenth)" y="\((frame.top - 5).tenth)">\(bar.letter)</text>
            """
        }
      }
      guard decisions.count > 1, let first = bars.map(\.slot).min(), let last = bars.map(\.slot).max() else { continue }
      let middle = max(x(Double(first + last + 1) / 2), lastNumber + 16)
      lastNumber = middle
      letters += """
        <text class="number" x="\(middle.tenth)" y="\((frame.top - (pitch >= 8 ? 18 : 6)).tenth)">\
        \(decision.number)</text>
        """
    }
    return bands.isEmpty ? "" : "\(bands)\n<g class=\"letters\">\(letters)</g>\n"
  }
}

extension Double {
  /// A coordinate where tenths are fine enough: of each candle.
  fileprivate var tenth: String { ((self * 10).rounded() / 10).coordinate }
}
