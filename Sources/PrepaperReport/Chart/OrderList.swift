import PrepaperDomain

/// The orders of a chart in words, beside it.
struct OrderList {
  let decisions: [Decision]
  let facts: RunFacts

  /// The list.
  var markup: Markup {
    var left = ReportLimits.ordersOfChart
    var items = Markup()
    for decision in decisions where left > 0 {
      items += item(decision, Array(decision.orders.prefix(left)))
      left -= decision.orders.count
    }
    let total = decisions.reduce(0) { $0 + $1.orders.count }
    return """
      <div class="orders">
      \(items)\(DataTable.rest(of: total, shown: ReportLimits.ordersOfChart, "the table of signals has them"))</div>

      """
  }

  private func item(_ decision: Decision, _ orders: [PlannedOrder]) -> Markup {
    let number: Markup = decisions.count > 1 ? "<b class=\"number\">\(decision.number)</b> " : ""
    let when = facts.isDaily ? facts.decisionDay(decision.time).description : facts.clock.time(decision.time)
    let first = orders.first
    let valid = first?.validity.map {
      ", valid \(facts.clock.span($0, knowing: facts.clock.day(at: decision.time)))"
    }
    let type = [first?.type, first?.timeInForce].compactMap { $0 }.joined(separator: " ")
    let pair = orders.count > 1 && first?.group != nil ? ", one cancels the other" : ""
    let evidence = first.map { facts.numbers($0.evidence) } ?? ""
    let numbers: Markup = evidence.isEmpty ? "" : "<p class=\"numbers\">\(evidence)</p>\n"
    return """
      <div class="decision">
      <p>\(number)<b>\(when)</b> \(type)\(valid ?? "")\(pair)</p>
      <ul>
      \(orders.map(leg).joined())</ul>
      \(numbers)</div>

      """
  }

  private func leg(_ order: PlannedOrder) -> Markup {
    let prices = order.levels.map { kind, price -> Markup in
      "<span class=\"line\">\(kind.rawValue) <b>\(price.price)</b></span>"
    }
    let quantity: Markup = order.quantity.map { " <span class=\"line\">quantity <b>\($0)</b></span>" } ?? ""
    let reason: Markup = order.reason.map { "<br><span class=\"numbers\">\($0)</span>" } ?? ""
    return "<li>\(order.side.markup) \(prices.joined(separator: " "))\(quantity)\(reason)</li>\n"
  }
}
