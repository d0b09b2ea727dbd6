import PrepaperDomain

/// The top of the page: which run, how it ended, and what is proven of it.
struct HeaderSection {
  let facts: RunFacts
  let orders: OrderTally

  /// The header.
  var markup: Markup {
    """
    <header>
    <p class="eyebrow">PrePaper run report</p>
    <h1>\(facts.runID)</h1>
    <p class="lede">\(summary)</p>
    <ul class="badges">
    \(badges.map { "<li>\($0)</li>\n" as Markup }.joined())</ul>
    \(reason)</header>

    """
  }

  private var summary: Markup {
    let strategy = ["key", "version"].compactMap { facts["strategy", $0]?.exact }.joined(separator: " ")
    let symbols = facts.symbols.count > 3 ? facts.symbols.count.of("symbol") : facts.symbols.joined(separator: ", ")
    let timeframe = facts["data", "timeframe"]?.exact
    let window = facts.window.map { "\(facts.clock.span($0)) \(facts.zoneName)" }
    return [strategy, symbols, timeframe, window].compactMap { $0 }.filter { !$0.isEmpty }
      .map { "<span>\($0)</span>" as Markup }.joined(separator: " <span class=\"dot\">·</span> ")
  }

  private var badges: [Markup] {
    let good = facts.status == RunStatus.success.rawValue
    var badges: [Markup] = [
      "<span class=\"badge \(good ? "good" : "warn")\">\(good ? "✓" : "!") \(facts.status)</span>",
      "<span class=\"badge\">\(orders.count.of("signal"))</span>",
      Proof.replay.badge(facts), Proof.lookAhead.badge(facts),
    ]
    let errors = facts["result", "errors"]?.elements.count ?? 0
    if good, errors > 0 {
      badges.append("<span class=\"badge warn\">! \(errors.of("symbol")) without enough history</span>")
    }
    if facts.isSynthetic { badges.append("<span class=\"badge synthetic\">SYNTHETIC DATA</span>") }
    if let status = facts["inputs", "backtest_status"] {
      badges.append("<span class=\"badge warn\">! backtest not approved: \(status.exact)</span>")
    }
    return badges
  }

  private var reason: Markup {
    guard let reason = facts["result", "reason"] else { return "" }
    return "<p class=\"reason\"><strong>Why there are no signals:</strong> \(reason.exact)</p>\n"
  }
}
