import PrepaperDomain

/// The orders of a chart in words, beside it: in full for one or two decisions, as one table for more.
struct OrderList {
  let decisions: [Decision]
  /// How many orders there are, with those that are not drawn.
  let total: Int
  let facts: RunFacts

  /// The list.
  var markup: Markup {
    let isShort = decisions.count <= 2
    let shown = min(ReportLimits.ordersOfChart, decisions.reduce(0) { $0 + $1.orders.count })
    return """
      <div class="orders">
      \(isShort ? decisions.map(item).joined() : table)\
      \(DataTable.rest(of: total, shown: shown, "the table of signals has them"))</div>

      """
  }

  /// All decisions in one table; the table of signals has the numbers behind them.
  private var table: Markup {
    let legs = decisions.flatMap { decision in decision.orders.map { (decision, $0) } }
    return table(Array(legs.prefix(ReportLimits.ordersOfChart)), isNumbered: true)
  }

  private func item(_ decision: Decision) -> Markup {
    let orders = Array(decision.orders.prefix(ReportLimits.ordersOfChart / 2))
    let number: Markup = decisions.count > 1 ? "<b class=\"number\">\(decision.number)</b> " : ""
    let first = orders.first
    let valid = first?.validity.map {
      ", valid \(facts.clock.span($0, knowing: facts.clock.day(at: decision.time)))"
    }
    let type = [first?.type, first?.timeInForce].compactMap { $0 }.joined(separator: " ")
    let pair = orders.count > 1 && first?.group != nil ? ", one cancels the other" : ""
    let evidence = first.map { facts.numbers($0.evidence) } ?? ""
    let numbers: Markup = evidence.isEmpty ? "" : "<p class=\"numbers\">\(evidence)</p>\n"
    let reasons = orders.compactMap(\.reason).map { "<p class=\"numbers\">\($0)</p>\n" as Markup }
    return """
      <div class="decision">
      <p>\(number)<b>\(when(decision))</b> \(type)\(valid ?? "")\(pair)</p>
      \(table(orders.map { (decision, $0) }, isNumbered: false))\(reasons.joined())\(numbers)</div>

      """
  }

  private func when(_ decision: Decision) -> String {
    facts.isDaily ? facts.decisionDay(decision.time).description : facts.clock.time(decision.time)
  }

  private func table(_ legs: [(Decision, PlannedOrder)], isNumbered: Bool) -> Markup {
    let optional: [(String, (PlannedOrder) -> String?)] = [
      ("Stop", { $0.stop?.price }), ("Target", { $0.target?.price }), ("Quantity", { $0.quantity }),
    ]
    let wanted = optional.filter { _, value in legs.contains { value($0.1) != nil } }
    let numbered: [DataTable.Column] = isNumbered ? [.number("No."), "Decided"] : []
    var table = DataTable(
      label: "Orders", columns: numbered + ["Side", .number("Entry")] + wanted.map { .number($0.0) })
    table.rows = legs.map { decision, order in
      let names: [Markup] = isNumbered ? ["<b>\(decision.number)</b>", "\(when(decision))"] : []
      return names + [order.side.markup, "\(order.entry?.price ?? "–")"] + wanted.map { "\($0.1(order) ?? "–")" }
    }
    return table.markup
  }
}

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
