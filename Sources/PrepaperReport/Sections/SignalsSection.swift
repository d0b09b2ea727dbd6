import PrepaperDomain

/// The orders of the plan as a table.
struct SignalsSection {
  let facts: RunFacts
  let orders: [PlannedOrder]

  /// The section.
  var markup: Markup {
    """
    <section id="signals">
    <h2>Signals: \(orders.count.grouped)</h2>
    \(orders.isEmpty ? "<p>The plan has no orders.</p>\n" : table)</section>

    """
  }

  private var table: Markup {
    let shown = orders.prefix(ReportLimits.rows)
    let hasType = shown.contains { $0.type != nil || $0.timeInForce != nil }
    let hasQuantity = shown.contains { $0.quantity != nil }
    let hasReason = shown.contains { $0.reason != nil }
    var columns: [DataTable.Column] = [DataTable.Column("Local", isNumber: false), "UTC", "Symbol", "Side"]
    if hasType { columns.append("Type") }
    columns += [.number("Entry"), .number("Stop"), .number("Target")]
    if hasQuantity { columns.append(.number("Quantity")) }
    columns.append("Valid, local")
    if hasReason { columns.append("Reason") }
    columns += ["Numbers behind it", "Key"]
    var table = DataTable(label: "Signals", columns: columns)
    table.rows = shown.map { order in
      var cells: [Markup] = [
        order.time.map(facts.local) ?? "–", order.time.map { "\(LocalClock.utc($0))" } ?? "–",
        "\(order.symbol)", order.side.markup,
      ]
      if hasType { cells.append("\([order.type, order.timeInForce].compactMap { $0 }.joined(separator: " "))") }
      cells += [order.entry, order.stop, order.target].map { "\($0?.price ?? "–")" }
      if hasQuantity { cells.append("\(order.quantity ?? "–")") }
      cells.append("\(order.validity.map { facts.clock.span($0, knowing: order.time.map(facts.clock.day)) } ?? "–")")
      if hasReason { cells.append("<span class=\"words\">\(order.reason ?? "–")</span>") }
      cells += ["<span class=\"words\">\(facts.numbers(order.evidence))</span>", "<code>\(order.key)</code>"]
      return cells
    }
    return """
      <p class="note">Local is \(facts.zoneName). Prices are rounded to nine digits; plan.json has every digit.</p>
      \(table.markup)\(DataTable.rest(of: orders.count, shown: ReportLimits.rows, "plan.json has all"))
      """
  }
}
