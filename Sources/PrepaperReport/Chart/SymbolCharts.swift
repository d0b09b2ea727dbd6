import PrepaperDomain
import PrepaperJSON

/// The charts of one symbol.
struct SymbolCharts {
  /// So many bars of a session stand around a decision that is drawn from nearer.
  private static let near = (before: 14, after: 34)
  /// Orders of one session that are drawn.
  private static let mostOrders = 24

  let symbol: ChartSelection.Charted
  let facts: RunFacts
  let series: RunReport.Series?

  /// The symbol's heading and its charts.
  var markup: Markup {
    let figures = symbol.charts.enumerated().map { index, orders in
      series.flatMap { figure(index, orders, $0) } ?? missing(orders)
    }
    return """
      <section class="symbol">
      <h3 id="\(symbol.anchor)">\(symbol.symbol.description)</h3>
      \(figures.joined())\
      \(DataTable.rest(of: symbol.wanted, shown: symbol.charts.count, "plan.json has their signals"))</section>

      """
  }

  private func missing(_ orders: [PlannedOrder]) -> Markup {
    "<p class=\"note\">\(heading(orders)): no bars at hand to draw it.</p>\n"
  }

  private func figure(_ index: Int, _ orders: [PlannedOrder], _ series: RunReport.Series) -> Markup? {
    let timeline =
      facts.isDaily
      ? Timeline(orders: orders, series: series, facts: facts)
      : orders.first?.time.flatMap {
        Timeline(day: facts.decisionDay($0), series: series, clock: facts.clock)
      }
    let decisions = Decision.decisions(of: Array(orders.prefix(Self.mostOrders)))
    guard
      let timeline,
      let drawing = ChartDrawing(frame: .whole, timeline: timeline, decisions: decisions, facts: facts)
    else { return nil }
    let id: Markup = "\(symbol.anchor)-\(index + 1)"
    let title = "\(symbol.symbol.description), \(heading(orders))"
    return """
      <figure>
      <figcaption><b>\(heading(orders))</b>\(joined(drawing))</figcaption>
      <div class="drawings">
      \(scroll(drawing, id: id, title))\(drawing.slotsEach > 1 ? nearer(drawing, id) : "")</div>
      \(OrderList(decisions: decisions, total: orders.count, facts: facts).markup)</figure>

      """
  }

  /// A date, or the first and last date of some weeks, with the number of signals.
  private func heading(_ orders: [PlannedOrder]) -> String {
    let days = orders.compactMap(\.time).map(facts.decisionDay)
    guard let first = days.min(), let last = days.max() else { return "" }
    return "\(first == last ? "\(first)" : "\(first) to \(last)"), \(orders.count.of("signal"))"
  }

  private func joined(_ drawing: ChartDrawing) -> Markup {
    guard drawing.slotsEach > 1 else { return "" }
    let timeframe = facts["data", "timeframe"]?.exact ?? ""
    return "<span>Each candle joins \(drawing.slotsEach) bars of \(timeframe).</span>"
  }

  /// The bars around each decision, one by one.
  private func nearer(_ whole: ChartDrawing, _ id: Markup) -> Markup {
    var covered = -1
    var drawings = Markup()
    for decision in whole.decisions.prefix(symbol.mostNear) {
      guard let focus = decision.bars(on: whole.timeline).map(\.slot).min(), focus > covered else { continue }
      let range = focus - Self.near.before..<focus + Self.near.after
      covered = focus + Self.near.after / 2
      let timeline = whole.timeline.part(range)
      let shown = whole.decisions.filter { decision in
        let end = decision.orders.compactMap(\.validity?.to).max() ?? decision.time
        return timeline.shows(TimeSpan(from: min(decision.time, end), to: max(decision.time, end)))
      }
      guard let drawing = ChartDrawing(frame: .near, timeline: timeline, decisions: shown, facts: facts) else {
        continue
      }
      let title = "\(symbol.symbol.description) around \(facts.clock.dayAndTime(decision.time)), bar by bar"
      drawings += "<p class=\"note\">Bar by bar around \(facts.clock.time(decision.time))</p>\n"
      drawings += scroll(drawing, id: "\(id)-near-\(decision.number)", title)
    }
    return drawings
  }

  /// A box that scrolls where the screen is narrow, and shows the first decision first where the browser can do so.
  private func scroll(_ drawing: ChartDrawing, id: Markup, _ title: String) -> Markup {
    let first = drawing.decisions.first?.bars(on: drawing.timeline).map(\.slot).min() ?? 0
    let share = max(0, drawing.x(Double(first)) - 2 * drawing.frame.left) / drawing.frame.width
    return """
      <div class="scroll" role="region" aria-label="\(title)" tabindex="0"><div class="canvas">
      \(drawing.svg(id: id, title: title))<i class="first" style="left:\((share * 100).coordinate)%"></i></div></div>

      """
  }
}

/// How the charts are to be read.
struct ChartLegend {
  let facts: RunFacts

  /// The legend.
  var markup: Markup {
    """
    <ul class="legend">
    <li>Times are \(facts.zoneName). A hollow candle closes above its open, a filled one below.</li>
    <li><b>M</b> mother bar, <b>I</b> inside bar; <b>S</b> the bar that a signal was decided on.</li>
    <li>Each order stands from its left end to its right end: <span class="key entry">entry</span>, \
    <span class="key stop">stop</span>, <span class="key target">target</span>. <b class="buy">▲ BUY</b>, \
    <b class="sell">▼ SELL</b>.</li>
    <li>A dashed block has no bars where the calendar expects some.\
    \(facts.isDaily ? "" : " Left of a dashed line is the session before.")</li>
    </ul>

    """
  }
}
