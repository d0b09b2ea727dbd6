import PrepaperDomain
import PrepaperJSON

extension ChartDrawing {
  /// The orders with their decisions' numbers, as far as they stand in the time that is drawn.
  private var placed: [(decision: Decision, order: PlannedOrder, left: Double, right: Double)] {
    decisions.flatMap { decision in
      decision.orders.map { order in
        let from = order.validity?.from ?? decision.time
        let right = order.validity.map { x(timeline.position(of: $0.to)) } ?? frame.right
        // An order that stands for a moment only is still to be seen.
        let left = min(x(timeline.position(of: from)), frame.right - 6)
        return (decision, order, left, max(right, left + 6))
      }
    }
  }

  /// What each order risks and may win, over the time that it stands.
  var boxes: Markup {
    placed.map { _, order, left, right -> Markup in
      guard let entry = order.entry else { return "" }
      let areas: [(Markup, Double?)] = [("risk", order.stop), ("reward", order.target)]
      return areas.compactMap { style, price -> Markup? in
        guard let price else { return nil }
        let (first, second) = (scale.height(of: entry), scale.height(of: price))
        return """
          <rect class="\(order.side.style) \(style)" x="\(left.coordinate)" y="\(min(first, second).coordinate)" \
          width="\((right - left).coordinate)" height="\((first - second).magnitude.coordinate)"/>
          """
      }
      .joined()
    }
    .joined() + "\n"
  }

  /// Entry, stop and target of each order, and a mark that points its way.
  var lines: Markup {
    // One leg's stop is often the other's entry: the thin dashed line comes after the thick whole one, to show both.
    lines { $0 == .entry } + lines { $0 != .entry } + marks + "\n"
  }

  private func lines(where isWanted: (OrderLevel) -> Bool) -> Markup {
    placed.flatMap { _, order, left, right in
      order.levels.filter { isWanted($0.kind) }.map { level, price -> Markup in
        let y = scale.height(of: price).coordinate
        return """
          <line class="\(order.side.style) \(level.style)" x1="\(left.coordinate)" y1="\(y)" x2="\(right.coordinate)" \
          y2="\(y)"/>
          """
      }
    }
    .joined()
  }

  private var marks: Markup {
    placed.compactMap { _, order, left, _ -> Markup? in
      guard let entry = order.entry, let up = order.side.pointsUp else { return nil }
      return """
        <path class="mark \(order.side.style)" d="M\(left.coordinate) \(scale.height(of: entry).coordinate)\
        h11l-5.5 \(up ? "-8" : "8")z"/>
        """
    }
    .joined()
  }

  /// The names of the lines at the right edge, moved apart; where there are too many, those of the entries, or none.
  var labels: Markup {
    let (top, bottom) = (frame.top + 2, frame.bottom - 4)
    let room = Int((bottom - top) / frame.line)
    var labels = labels(of: [.entry, .stop, .target])
    if labels.count > room { labels = self.labels(of: [.entry]) }
    guard !labels.isEmpty, labels.count <= room else { return "" }
    let texts = ChartLabel.spread(labels, distance: frame.line, top: top, bottom: bottom).map { label -> Markup in
      let edge = frame.right
      return """
        <path class="leader" d="M\(label.start.coordinate) \(label.level.coordinate)H\(edge.coordinate)\
        L\((edge + 9).coordinate) \(label.height.coordinate)"/><text class="\(label.style)" \
        x="\((edge + 12).coordinate)" y="\((label.height + 3.5).coordinate)">\(label.text)</text>
        """
    }
    return "<g class=\"labels\">\(texts.joined(separator: "\n"))</g>\n"
  }

  private func labels(of levels: Set<OrderLevel>) -> [ChartLabel] {
    placed.flatMap { decision, order, _, right in
      order.levels.filter { levels.contains($0.kind) }.map { level, price in
        let number = decisions.count > 1 ? "\(decision.number) " : ""
        let beyond = scale.shows(price) ? "" : price > scale.high ? " ↑" : " ↓"
        return ChartLabel(
          text: "\(number)\(order.side.word) \(level.rawValue) <tspan>\(price.price)\(beyond)</tspan>",
          style: order.side.style, level: scale.height(of: price), start: min(right, frame.right))
      }
    }
  }
}

extension OrderLevel {
  /// The class that styles its line.
  fileprivate var style: Markup {
    switch self {
    case .entry: "entry"
    case .stop: "stop"
    case .target: "target"
    }
  }
}

extension OrderSide {
  /// Whether its mark points up; nil where it has none.
  fileprivate var pointsUp: Bool? {
    switch self {
    case .buy: true
    case .sell: false
    case .other: nil
    }
  }
}

/// A line of text at the right edge of a chart, at a price.
struct ChartLabel {
  let text: Markup
  let style: Markup
  /// The height of the price.
  let level: Double
  /// Where the thin line to the text begins.
  let start: Double
  /// The height of the text.
  private(set) var height: Double

  /// A label for a price at that height.
  init(text: Markup, style: Markup, level: Double, start: Double) {
    self.text = text
    self.style = style
    self.level = level
    self.start = start
    height = level
  }

  /// Moves labels apart so that none covers another: each as near to its price as the others allow.
  ///
  /// They must have room: `labels.count * distance` is not more than the edges are apart.
  static func spread(_ labels: [ChartLabel], distance: Double, top: Double, bottom: Double) -> [ChartLabel] {
    var spread = labels.enumerated().sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }
      .map(\.element)
    var lowest = top
    for index in spread.indices {
      spread[index].height = max(spread[index].level, lowest)
      lowest = spread[index].height + distance
    }
    var highest = bottom
    for index in spread.indices.reversed() {
      spread[index].height = min(spread[index].height, highest)
      highest = spread[index].height - distance
    }
    return spread
  }
}
