import PrepaperDomain

extension ChartDrawing {
  /// The dates or local times below the bars, and the border to the session before.
  var timeAxis: Markup {
    let marks = isDaily ? days : times
    let texts = marks.map { mark -> Markup in
      "<text x=\"\(mark.x.coordinate)\" y=\"\((frame.bottom + 17).coordinate)\">\(mark.text)</text>"
    }
    let ticks = marks.map { mark -> Markup in
      "M\(mark.x.coordinate) \(frame.bottom.coordinate)v4"
    }
    let border: Markup =
      timeline.context > 0 && timeline.context < timeline.slots.count
      ? """
      <path class="border" d="M\(x(Double(timeline.context)).coordinate) \(frame.top.coordinate)\
      V\(frame.bottom.coordinate)"/>
      """ : ""
    return """
      <path class="axis" d="M\(frame.left.coordinate) \(frame.bottom.coordinate)H\(frame.right.coordinate)\
      \(ticks.joined())"/>\(border)
      <g class="times">\(texts.joined())</g>

      """
  }

  /// A label at every so many days, in the middle of the day.
  private var days: [(x: Double, text: String)] {
    let every = max(1, Int((78 / pitch).rounded(.up)))
    return stride(from: every / 2, to: timeline.slots.count, by: every).map { index in
      (x(Double(index) + 0.5), clock.day(at: timeline.slots[index].span.from).description)
    }
  }

  /// A label at round local times, at the bar that opens then.
  private var times: [(x: Double, text: String)] {
    let opens = timeline.slots.indices.dropFirst(timeline.context).map { index in
      (index, clock.secondOfDay(at: timeline.slots[index].span.from) / 60, timeline.slots[index].span.from)
    }
    guard let first = opens.first, let last = opens.last else { return [] }
    let minutes = Double(last.2.seconds - first.2.seconds) / 60
    let room = max(1, x(Double(timeline.slots.count)) - x(Double(timeline.context)))
    let least = minutes * 56 / room
    let every = [1, 5, 10, 15, 30, 60, 120, 180, 240, 360].first { Double($0) >= least } ?? 720
    let round = opens.filter { $0.1 % Int64(every) == 0 }
    // Hours that begin at half past are never round: they are counted from the first one.
    let chosen = round.count > 1 ? round : opens.filter { ($0.1 - first.1) % Int64(every) == 0 }
    return chosen.map { (x(Double($0.0)), clock.time($0.2)) }
  }
}
