import PrepaperDomain

/// The orders that a strategy decided on together, most often the two legs of which one cancels the other.
struct Decision {
  /// Counted from 1 within a chart.
  let number: Int
  let time: UTCTimestamp
  let orders: [PlannedOrder]

  /// The decisions behind a chart's orders, in their order.
  static func decisions(of orders: [PlannedOrder]) -> [Decision] {
    var groups: [[PlannedOrder]] = []
    var indices: [String: Int] = [:]
    for order in orders {
      let name = "\(order.time?.rfc3339 ?? "") \(order.group ?? order.key)"
      if let index = indices[name] {
        groups[index].append(order)
      } else {
        indices[name] = groups.count
        groups.append([order])
      }
    }
    return groups.enumerated().compactMap { index, orders in
      orders.first?.time.map { Decision(number: index + 1, time: $0, orders: orders) }
    }
  }

  /// The bars that the decision was made from, by their letters; where nothing names them, the bar that it closes.
  func bars(on timeline: Timeline) -> [(letter: Markup, style: Markup, slot: Int)] {
    let names: [(String, Markup, Markup)] = [
      ("mother_ts", "M", "mother"), ("inside_ts", "I", "inside"), ("bar_ts", "S", "decided"),
    ]
    let named = names.compactMap { member, letter, style in
      orders.first?.evidence.instant(member).flatMap { timeline.slot(ofBar: $0) }.map { (letter, style, $0) }
    }
    guard named.isEmpty, let first = timeline.slots.first, first.span.from < time else { return named }
    return timeline.slot(closing: time).map { [("S", "decided", $0)] } ?? []
  }
}
