import PrepaperDomain
import PrepaperJSON

/// The digests of all that the run was made of and made, and how to check them.
struct HashesSection {
  let facts: RunFacts

  /// The section.
  var markup: Markup {
    """
    <section id="hashes">
    <h2>Hashes</h2>
    \(list)\(bars)<h3>How to check</h3>
    <pre><code>prepaper verify \(facts.runID)
    sha256sum \(RunFile.plan.name)</code></pre>
    <p>The second prints the plan's hash above, in the run's directory. Every hash is a SHA-256.</p>
    </section>

    """
  }

  private var list: Markup {
    var list = FactList()
    list.add("Manifest", facts.manifestHash.isEmpty ? nil : Self.hash(facts.manifestHash))
    list.add("Plan", hash("outputs", "plan_hash"))
    list.add("Signals export", hash("outputs", "signals_export_hash"))
    list.add("Market data", hash("inputs", "marketdata_data_hash"))
    list.add("Features", hash("inputs", "features_hash"))
    list.add("Backtest manifest", hash("inputs", "backtest_manifest_hash"))
    list.add("Strategy", hash("strategy", "digest"))
    let generator = ["name", "version"].compactMap { facts["generator", $0]?.exact }.joined(separator: " ")
    list.add("Made by", generator.isEmpty ? nil : "\(generator)")
    list.add("Schema of the manifest", facts["schema_version"].map { "\($0.exact)" })
    return list.markup
  }

  private var bars: Markup {
    let files = facts["inputs", "bars"]?.elements ?? []
    var table = DataTable(label: "Files of bars", columns: ["File", .number("Rows"), "SHA-256"])
    table.rows = files.prefix(ReportLimits.symbols).map { file in
      [
        "<code>\(file["path"]?.exact ?? "–")</code>",
        "\(file["rows"]?.integerValue.map { Int($0).grouped } ?? "–")", Self.hash(file["sha256"]?.exact ?? "–"),
      ]
    }
    guard !table.rows.isEmpty else { return "" }
    return """
      <details\(files.count <= 20 ? " open" : "")><summary>\(files.count.of("file")) of bars</summary>
      \(table.markup)\
      \(DataTable.rest(of: files.count, shown: ReportLimits.symbols, "\(RunFile.manifest.name) has all"))</details>

      """
  }

  private func hash(_ part: String, _ member: String) -> Markup? {
    facts[part, member].map { Self.hash($0.exact) }
  }

  private static func hash(_ text: String) -> Markup { "<code class=\"hash\">\(text)</code>" }
}
