import PrepaperDomain
import PrepaperJSON

/// What ran on what: strategy, backtest, symbols, window, source and parameters.
struct SubjectSection {
  let facts: RunFacts

  /// The section.
  var markup: Markup {
    """
    <section id="subject">
    <h2>What ran on what</h2>
    \(list)\(parameters)</section>

    """
  }

  private var list: Markup {
    var list = FactList()
    list.add("Strategy", strategy)
    list.add("Source backtest", backtest)
    list.add("Symbols", symbols)
    list.add("Bars", bars)
    list.add("Session mode", code(facts["data", "session_mode"]))
    list.add("Calendar", words([facts["data", "calendar"]?["name"], facts["data", "calendar"]?["version"]]))
    list.add("Window, local", facts.window.map { "\(facts.clock.span($0)) \(facts.zoneName)" })
    list.add("Window, UTC", facts.window.map { "\(LocalClock.utc($0.from)) – \(LocalClock.utc($0.to))" })
    list.add("Warm-up", facts["data", "warmup_bars"].map { "\($0.exact) bars before the window" })
    list.add("Provider", provider)
    list.add("Sizing", facts["sizing"].map { code($0) ?? "" } ?? "none: orders have no quantity")
    list.add("Mode", code(facts["identity", "mode"]))
    return list.markup
  }

  private var strategy: Markup? {
    guard let key = facts["strategy", "key"] else { return nil }
    let version = facts["strategy", "version"].map { " \($0.exact)" as Markup } ?? ""
    let digest = facts["strategy", "digest"].map { "<br><code class=\"hash\">\($0.exact)</code>" as Markup } ?? ""
    return "<code>\(key.exact)</code>\(version)\(digest)"
  }

  private var backtest: Markup? {
    guard let source = facts["identity", "source_backtest_run_id"] else { return nil }
    let status = facts["inputs", "backtest_status"].map {
      "<br><strong class=\"warn\">not approved: it ended in \($0.exact)</strong>" as Markup
    }
    return "<code>\(source.exact)</code>\(status ?? "")"
  }

  private var symbols: Markup? {
    // The table of symbols has the others.
    let shown = facts.symbols.prefix(12).joined(separator: ", ")
    let more = facts.symbols.count > 12 ? " and \((facts.symbols.count - 12).grouped) more" : ""
    return facts.symbols.isEmpty ? nil : "\(shown)\(more)"
  }

  private var bars: Markup? {
    guard let timeframe = facts["data", "timeframe"] else { return nil }
    guard let base = facts["data", "base_timeframe"], base != timeframe else { return "\(timeframe.exact)" }
    return "\(timeframe.exact), built from \(base.exact)"
  }

  private var provider: Markup? {
    guard let provider = facts["data", "provider"] else { return nil }
    let adjustment = provider["adjustment"].map { ", adjustment \($0.exact)" as Markup } ?? ""
    let synthetic: Markup = facts.isSynthetic ? " <strong class=\"warn\">SYNTHETIC DATA</strong>" : ""
    return (words([provider["name"], provider["source"]]) ?? "") + adjustment + synthetic
  }

  private var parameters: Markup {
    let members = facts.definition["params"]?.sortedMembers ?? []
    guard !members.isEmpty else { return "" }
    var list = FactList()
    for (name, value) in members.prefix(ReportLimits.parameters) { list.add(name, "<code>\(value.exact)</code>") }
    let ignored = facts["strategy", "ignored"]?.elements ?? []
    let withoutEffect: Markup = ignored.isEmpty ? "" : "<p>Without effect: \(JSONValue.array(ignored).exact).</p>\n"
    return """
      <h3>Parameters, with every default</h3>
      <div class="params">
      \(list.markup)</div>
      \(DataTable.rest(of: members.count, shown: ReportLimits.parameters, "\(RunFile.manifest.name) has all"))\
      \(withoutEffect)
      """
  }

  private func code(_ value: JSONValue?) -> Markup? { value.map { "<code>\($0.exact)</code>" } }

  private func words(_ values: [JSONValue?]) -> Markup? {
    let texts = values.compactMap { $0?.exact }
    return texts.isEmpty ? nil : "\(texts.joined(separator: ", "))"
  }
}
