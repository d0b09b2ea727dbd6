import PrepaperDomain
import PrepaperJSON

/// The orders of the plan as a table.
struct SignalsSection {
  let facts: RunFacts
  let orders: OrderTally

  /// The section.
  var markup: Markup {
    """
    <section id="signals">
    <h2>Signals: \(orders.count.grouped)</h2>
    \(orders.count == 0 ? "<p>The plan has no orders.</p>\n" : table)</section>

    """
  }

  private var table: Markup {
    let shown = orders.first
    let hasType = shown.contains { $0.type != nil || $0.timeInForce != nil }
    let hasQuantity = shown.contains { $0.quantity != nil }
    let hasReason = shown.contains { $0.reason != nil }
    var columns: [DataTable.Column] = [DataTable.Column("Local", isNumber: false), "UTC", "Symbol", "Side"]
    if hasType { columns.append("Type") }
    columns += [.number("Entry"), .number("Stop"), .number("Target")]
    if hasQuantity { columns.append(.number("Quantity")) }
    columns += ["Valid, local", "Key"]
    if hasReason { columns.append("Reason") }
    columns.append("Numbers behind it")
    var table = DataTable(label: "Signals", columns: columns)
    var last: PlannedOrder?
    table.rows = shown.map { order in
      defer { last = order }
      var cells: [Markup] = [
        order.time.map(facts.local) ?? "–", order.time.map { "\(LocalClock.utc($0))" } ?? "–",
        "\(order.symbol)", order.side.markup,
      ]
      if hasType { cells.append("\([order.type, order.timeInForce].compactMap { $0 }.joined(separator: " "))") }
      cells += [order.entry, order.stop, order.target].map { "\($0?.price ?? "–")" }
      if hasQuantity { cells.append("\(order.quantity ?? "–")") }
      cells.append("\(order.validity.map { facts.clock.span($0, knowing: order.time.map(facts.clock.day)) } ?? "–")")
      cells.append("<code>\(order.key)</code>")
      if hasReason { cells.append("<span class=\"words\">\(order.reason ?? "–")</span>") }
      // Both legs of a pair have the same numbers.
      let isAsAbove = last.map { $0.time == order.time && $0.group == order.group && $0.evidence == order.evidence }
      let numbers = isAsAbove ?? false ? "as above" : facts.numbers(order.evidence)
      cells.append("<span class=\"words\">\(numbers)</span>")
      return cells
    }
    return """
      <p class="note">Local is \(facts.zoneName). Prices are rounded to nine digits; \(RunFile.plan.name) has every digit.</p>
      \(table.markup)\(DataTable.rest(of: orders.count, shown: ReportLimits.rows, "\(RunFile.plan.name) has all"))
      """
  }
}
