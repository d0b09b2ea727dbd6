import PrepaperDomain
import PrepaperJSON

/// A run of several symbols at a glance, each with a link to its charts.
struct OverviewSection {
  let facts: RunFacts
  let orders: OrderTally
  let rejects: RejectTally
  let charts: ChartSelection

  /// The section; nothing for a run of one symbol.
  var markup: Markup {
    guard facts.symbols.count > 1 else { return "" }
    var table = DataTable(
      label: "Symbols of the run",
      columns: ["Symbol", .number("Signals"), .number("BUY"), .number("SELL"), .number("Rejects"), "History", "Charts"])
    table.rows = rows
    return """
      <section id="symbols">
      <h2>Symbols</h2>
      \(table.markup)\
      \(DataTable.rest(of: facts.symbols.count, shown: ReportLimits.symbols, "\(RunFile.manifest.name) has all"))</section>

      """
  }

  private var rows: [[Markup]] {
    let history = Dictionary(
      (facts["history", "symbols"]?.elements ?? []).map { ($0["symbol"]?.exact ?? "", $0["status"]?.exact ?? "–") },
      uniquingKeysWith: { first, _ in first })
    let drawn = Dictionary(
      charts.symbols.map { ($0.symbol.description, $0) }, uniquingKeysWith: { first, _ in first })
    return facts.symbols.prefix(ReportLimits.symbols).map { symbol in
      let own = orders.symbols[symbol] ?? OrderTally.OfSymbol()
      let link: Markup? = drawn[symbol].map { "<a href=\"#\($0.anchor)\">\($0.charts.count.of("chart"))</a>" }
      return [
        "<b>\(symbol)</b>", "\(own.count.grouped)", "\(own.buys.grouped)", "\(own.sells.grouped)",
        "\((rejects.bySymbol[symbol] ?? 0).grouped)",
        history[symbol].map(HistorySection.verdict) ?? "–", link ?? "–",
      ]
    }
  }
}
