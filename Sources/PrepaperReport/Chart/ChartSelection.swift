import PrepaperDomain
import PrepaperJSON

/// Which stretches of which symbols are drawn: those with signals, up to a limit that all symbols share.
///
/// Each symbol gets its first chart before any gets a second one, so that a few busy symbols do not take all.
struct ChartSelection {
  /// The charts of one symbol.
  struct Charted {
    let symbol: Symbol
    /// The orders of each chart, ascending in time; the orders of one chart lie in one local day, or, where bars are
    /// days, in a few weeks.
    let charts: [[PlannedOrder]]
    /// How many charts the symbol would have without a limit.
    let wanted: Int
    /// How many decisions of one chart are drawn from nearer too, where it joins bars.
    let mostNear: Int

    /// The name of the symbol's charts within the page.
    var anchor: Markup { "charts-\(symbol.description)" }
  }

  /// How many days of daily bars one chart has signals from.
  private static let daysTogether: Int64 = 14

  /// The symbols with charts, ascending.
  let symbols: [Charted]
  private let facts: RunFacts
  private let wanted: Int

  /// The charts of these orders.
  init(orders: OrderTally, facts: RunFacts) {
    self.facts = facts
    let all = orders.symbols.compactMap { name, own in Symbol(name).map { ($0, own) } }.sorted { $0.0 < $1.0 }
      .map { symbol, own in (symbol, Self.charts(of: own.kept, facts), wanted: own.charts) }
      .filter { !$0.1.isEmpty }
    wanted = all.reduce(0) { $0 + $1.wanted }
    var shares = all.map { _ in 0 }
    var left = ReportLimits.charts
    for round in 0..<ReportLimits.chartsOfSymbol {
      for (index, (_, charts, _)) in all.enumerated() where left > 0 && charts.count > round {
        shares[index] += 1
        left -= 1
      }
    }
    // A page of few charts has room for more of each.
    let mostNear = shares.reduce(0, +) <= 20 ? 3 : 1
    symbols = zip(all, shares).compactMap { charted, share in
      guard share > 0 else { return nil }
      return Charted(
        symbol: charted.0, charts: Array(charted.1.prefix(share)), wanted: charted.wanted, mostNear: mostNear)
    }
  }

  /// The start of the section; nothing where there is nothing to draw.
  var head: Markup {
    guard !symbols.isEmpty else { return "" }
    return "<section id=\"charts\">\n<h2>Charts</h2>\n\(ChartLegend(facts: facts).markup)"
  }

  /// The end of the section, with what was left out.
  var foot: Markup {
    guard !symbols.isEmpty else { return "" }
    let drawn = symbols.reduce(0) { $0 + $1.charts.count }
    let rest = DataTable.rest(
      of: wanted, shown: drawn,
      "of \(wanted.of("chart")) the first ones are drawn, \(RunFile.plan.name) has every signal")
    return "\(rest)</section>\n\n"
  }

  /// Whether a day's orders are drawn in the chart that begins with another day's.
  static func isTogether(_ day: CivilDate, since start: CivilDate, _ facts: RunFacts) -> Bool {
    facts.isDaily ? day.daysSinceEpoch - start.daysSinceEpoch < daysTogether : day == start
  }

  private static func charts(of orders: [PlannedOrder], _ facts: RunFacts) -> [[PlannedOrder]] {
    // In the plan's order where times are equal.
    let dated = orders.enumerated().compactMap { index, order in
      order.time.map { (time: $0, index: index, order: order) }
    }
    var charts: [[PlannedOrder]] = []
    var start: CivilDate?
    for (time, _, order) in dated.sorted(by: { ($0.time, $0.index) < ($1.time, $1.index) }) {
      let day = facts.decisionDay(time)
      if let start, isTogether(day, since: start, facts) {
        charts[charts.count - 1].append(order)
      } else {
        start = day
        charts.append([order])
      }
    }
    return charts
  }
}
