import PrepaperDomain
import PrepaperJSON

/// The same run with more warm-up bars: whether its signals depend on where the history begins.
struct SensitivitySection {
  let facts: RunFacts
  let sensitivity: JSONValue

  private static let parts = [("added", "added"), ("removed", "removed"), ("changed", "changed")]

  /// The section.
  var markup: Markup {
    let variants = sensitivity["variants"]?.elements ?? []
    let base = sensitivity["base_warmup_bars"].map { "\($0.exact) warm-up bars" } ?? "its own warm-up"
    return """
      <section id="sensitivity">
      <h2>Sensitivity to the warm-up</h2>
      <p>The run with \(base), done again with more of them. Signals that change depend on where the history \
      happens to begin.</p>
      \(overview(variants))\(changes(variants))</section>

      """
  }

  private func overview(_ variants: [JSONValue]) -> Markup {
    var table = DataTable(
      label: "Runs with more warm-up",
      columns: [
        .number("Factor"), .number("Warm-up bars"), "Result", .number("Same"), .number("Added"), .number("Removed"),
        .number("Changed"), "Reason",
      ])
    table.rows = variants.prefix(ReportLimits.differences).map { variant in
      let counts = Self.parts.map { part, _ in "\((variant[part]?.elements.count ?? 0).grouped)" as Markup }
      return [
        "×\(variant["factor"]?.shown ?? "–")", "\(variant["warmup_bars"]?.exact ?? "–")",
        Self.word(ofStatus: variant["status"]?.exact ?? "–"), "\(variant["same"]?.exact ?? "–")",
      ] + counts + ["<span class=\"words\">\(variant["reason"]?.exact ?? "–")</span>"]
    }
    return table.markup
  }

  private static func word(ofStatus status: String) -> Markup {
    switch status {
    case "same": "<span class=\"good\">✓ the same signals</span>"
    case "differs": "<strong class=\"warn\">! differs</strong>"
    case "not_available": "– not available"
    default: "\(status)"
    }
  }

  private func changes(_ variants: [JSONValue]) -> Markup {
    var rows: [[Markup]] = []
    var total = 0
    for variant in variants {
      for (part, word) in Self.parts {
        for element in variant[part]?.elements ?? [] {
          total += 1
          guard rows.count < ReportLimits.differences else { continue }
          let order = element["order"] ?? element
          rows.append([
            "×\(variant["factor"]?.shown ?? "–")", "\(word)", facts.localText(order["ts"]),
            "\(order["symbol"]?.exact ?? "–")", OrderSide(order["side"]?.exact ?? "–").markup,
            "\(order["entry_price"]?.doubleValue?.price ?? "–")", "\(order["sl"]?.doubleValue?.price ?? "–")",
            "\(order["tp"]?.doubleValue?.price ?? "–")", Self.differences(element["changes"]?.elements ?? []),
          ])
        }
      }
    }
    guard !rows.isEmpty else { return "" }
    var table = DataTable(
      label: "Signals that change with more warm-up",
      columns: [
        .number("Factor"), "What", "Local", "Symbol", "Side", .number("Entry"), .number("Stop"), .number("Target"),
        "Changes",
      ])
    table.rows = rows
    return """
      <h3>Signals that change: \(total.grouped)</h3>
      \(table.markup)\(DataTable.rest(of: total, shown: rows.count, "\(RunFile.sensitivity.name) has all"))
      """
  }

  private static func differences(_ changes: [JSONValue]) -> Markup {
    let lines = changes.prefix(8).map { change -> Markup in
      """
      <span class="line">\(change["path"]?.exact ?? "") \(change["before"]?.shown ?? "–") → \
      \(change["after"]?.shown ?? "–")</span>
      """
    }
    return lines.isEmpty ? "–" : lines.joined(separator: " ")
  }
}
