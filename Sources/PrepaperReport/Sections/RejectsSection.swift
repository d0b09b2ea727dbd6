import PrepaperDomain
import PrepaperJSON

/// What the strategy saw and did not take: counted by rule, then one by one.
struct RejectsSection {
  let facts: RunFacts
  let rejects: RejectTally

  /// The section.
  var markup: Markup {
    """
    <section id="rejects">
    <h2>Rejects: \(rejects.count.grouped)</h2>
    \(rejects.count == 0 ? "<p>The strategy rejected nothing.</p>\n" : counts + rows)</section>

    """
  }

  private var counts: Markup {
    let byReason = rejects.byReason.map { (reason: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    var table = DataTable(
      label: "Rejects by rule", columns: ["Rule that failed", .number("Rejects"), .number("Share")])
    table.rows = byReason.prefix(ReportLimits.holes).map { reason, count in
      ["<code>\(reason)</code>", "\(count.grouped)", "\((Double(count) / Double(rejects.count)).percent)"]
    }
    return """
      <p>What the strategy saw and did not take. It is not in the plan.</p>
      \(table.markup)\
      \(DataTable.rest(of: byReason.count, shown: ReportLimits.holes, "\(RunFile.meta.name) has all"))
      """
  }

  private var rows: Markup {
    var table = DataTable(label: "Rejects", columns: ["Bar, local", "Symbol", "Rule that failed", "Numbers"])
    table.rows = rejects.first.map { reject in
      [
        facts.localText(reject["ts"]), "\(reject["symbol"]?.exact ?? "–")",
        "<code>\(reject["reason"]?.exact ?? "–")</code>",
        "<span class=\"words\">\(reject["numbers"].map(facts.numbers) ?? "")</span>",
      ]
    }
    return """
      <details\(rejects.count <= 40 ? " open" : "")><summary>One by one</summary>
      \(table.markup)\(DataTable.rest(of: rejects.count, shown: ReportLimits.rows, "\(RunFile.meta.name) has all"))</details>

      """
  }
}
