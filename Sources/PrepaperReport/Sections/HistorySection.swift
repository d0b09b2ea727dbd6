import PrepaperDomain
import PrepaperJSON

/// What the history gate found: how many bars there are of those that the calendar expects, and where they lack.
struct HistorySection {
  let facts: RunFacts

  /// The section; nothing for a run without a gate's report.
  var markup: Markup {
    guard let history = facts["history"] else { return "" }
    return """
      <section id="history">
      <h2>History gate</h2>
      \(list(history))\(symbols(history["symbols"]?.elements ?? []))\(holes(history["holes"]?.elements ?? []))\
      \(jumps(history["jumps"]?.elements ?? []))</section>

      """
  }

  private func list(_ history: JSONValue) -> Markup {
    var list = FactList()
    list.add("Verdict", history["status"].map { Self.verdict($0.exact) })
    if let present = history["present_bars"]?.integerValue, let expected = history["expected_bars"]?.integerValue {
      let base = facts["data", "base_timeframe"]?.exact ?? ""
      let share = expected > 0 ? ", \((Double(present) / Double(expected)).percent)" : ""
      list.add("Bars", "\(Int(present).grouped) of \(Int(expected).grouped) expected \(base) bars\(share)")
    }
    list.add("May lack", history["max_missing"]?.doubleValue.map { "at most \($0.percent) of the bars" })
    list.add("Jumps from", history["max_jump"]?.doubleValue.map { "\($0.percent) between two sessions" })
    if facts.symbols.count > 1 {
      list.add(
        "Strict",
        history["strict"].map { $0.isTrue ? "yes: every symbol must have enough" : "no: each symbol stands alone" })
    }
    if facts["result", "reason"] == nil {
      list.add("Reason", history["reason"].flatMap { $0 == .null ? nil : "\($0.exact)" })
    }
    return list.markup
  }

  /// A gate's verdict with a sign that tells it without colour.
  static func verdict(_ status: String) -> Markup {
    status == HistoryReport.Status.sufficient.rawValue
      ? "<span class=\"good\">✓ \(status)</span>" : "<strong class=\"warn\">! \(status)</strong>"
  }

  private func symbols(_ symbols: [JSONValue]) -> Markup {
    let lacking = symbols.filter { $0["status"]?.stringValue != HistoryReport.Status.sufficient.rawValue }
    guard symbols.count > 1, !lacking.isEmpty else { return "" }
    var table = DataTable(
      label: "Symbols without enough history",
      columns: ["Symbol", "Verdict", .number("Present"), .number("Expected"), "Reason"])
    table.rows = lacking.prefix(ReportLimits.holes).map { symbol in
      [
        "\(symbol["symbol"]?.exact ?? "–")", Self.verdict(symbol["status"]?.exact ?? "–"),
        "\(symbol["present_bars"]?.exact ?? "–")", "\(symbol["expected_bars"]?.exact ?? "–")",
        "<span class=\"words\">\(symbol["reason"]?.exact ?? "–")</span>",
      ]
    }
    return """
      <h3>Symbols without enough history: \(lacking.count.grouped) of \(symbols.count.grouped)</h3>
      \(table.markup)\
      \(DataTable.rest(of: lacking.count, shown: ReportLimits.holes, "\(RunFile.manifest.name) has all"))
      """
  }

  private func holes(_ holes: [JSONValue]) -> Markup {
    guard !holes.isEmpty else { return "<p>No holes: no bar that the calendar expects is lacking.</p>\n" }
    var table = DataTable(
      label: "Holes in the history",
      columns: ["Symbol", "First missing bar, local", "Last missing bar, local", .number("Bars"), "What it is"])
    // What is missing comes before what nobody expects.
    let losses = holes.filter { $0["class"]?.stringValue == Hole.Kind.missing.rawValue }
    let others = holes.filter { $0["class"]?.stringValue != Hole.Kind.missing.rawValue }
    table.rows = (losses + others).prefix(ReportLimits.holes).map { hole in
      [
        "\(hole["symbol"]?.exact ?? "–")", facts.localText(hole["from"]), facts.localText(hole["to"]),
        "\(hole["bars"]?.exact ?? "–")", "\(Self.word(ofHole: hole["class"]?.exact ?? "–"))",
      ]
    }
    return """
      <details\(holes.count <= 20 ? " open" : "")><summary>Holes: \(holes.count.grouped), of which \
      \(losses.count.grouped) missing</summary>
      \(table.markup)\(DataTable.rest(of: holes.count, shown: ReportLimits.holes, "\(RunFile.manifest.name) has all"))\
      </details>

      """
  }

  private static func word(ofHole kind: String) -> String {
    switch Hole.Kind(rawValue: kind) {
    case .noTrade: "no trade, not a loss"
    case .missing: "missing"
    case .outsideSession: "outside the session"
    case nil: kind
    }
  }

  private func jumps(_ jumps: [JSONValue]) -> Markup {
    guard !jumps.isEmpty else { return "" }
    var table = DataTable(
      label: "Jumps of price between sessions",
      columns: [
        "Symbol", "Last bar before, local", "First bar after, local", .number("Close"), .number("Open"),
        .number("Change"),
      ])
    table.rows = jumps.prefix(ReportLimits.holes).map { jump in
      [
        "\(jump["symbol"]?.exact ?? "–")", facts.localText(jump["from"]), facts.localText(jump["to"]),
        "\(jump["close"]?.doubleValue?.price ?? "–")", "\(jump["open"]?.doubleValue?.price ?? "–")",
        "\(jump["change"]?.doubleValue?.percent ?? "–")",
      ]
    }
    return """
      <h3>Jumps of price: \(jumps.count.grouped)</h3>
      <p>Most often a split for which the bars are not adjusted.</p>
      \(table.markup)\(DataTable.rest(of: jumps.count, shown: ReportLimits.holes, "\(RunFile.manifest.name) has all"))
      """
  }
}
