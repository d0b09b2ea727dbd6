import PrepaperDomain
import PrepaperJSON

/// The orders of a plan: all of them counted, and as many kept as a page can show.
///
/// A plan may have hundreds of thousands; memory does not grow with them.
struct OrderTally {
  /// Those of one symbol.
  struct OfSymbol {
    var count = 0
    var buys = 0
    var sells = 0
    /// The first of them.
    var kept: [PlannedOrder] = []
    /// How many charts all of them would have.
    var charts = 0
    /// The day on which the last of these begins.
    var chartStart: CivilDate?
  }

  /// How many there are.
  private(set) var count = 0
  /// The first of them, for the table.
  private(set) var first: [PlannedOrder] = []
  /// Those of each symbol, for its charts.
  private(set) var symbols: [String: OfSymbol] = [:]

  /// The tally of orders, which come as the plan has them, each with its evidence.
  init(_ orders: some Sequence<(order: JSONValue, evidence: JSONValue)>, _ facts: RunFacts) {
    let keptOfSymbol = max(20, ReportLimits.keptOrders / max(1, facts.symbols.count))
    for (order, evidence) in orders {
      let order = PlannedOrder(order, evidence: evidence)
      count += 1
      if first.count < ReportLimits.rows { first.append(order) }
      var own = symbols[order.symbol] ?? OfSymbol()
      // Given back in a moment: until then there is one owner, and nothing is copied.
      symbols[order.symbol] = nil
      own.count += 1
      if order.side == .buy { own.buys += 1 }
      if order.side == .sell { own.sells += 1 }
      if let time = order.time {
        let day = facts.decisionDay(time)
        if !(own.chartStart.map { ChartSelection.isTogether(day, since: $0, facts) } ?? false) {
          own.charts += 1
          own.chartStart = day
        }
      }
      if own.kept.count < keptOfSymbol { own.kept.append(order) }
      symbols[order.symbol] = own
    }
  }
}

/// What a strategy did not take: all of it counted, and as much kept as a page can show.
struct RejectTally {
  /// How many there are.
  private(set) var count = 0
  /// The first of them.
  private(set) var first: [JSONValue] = []
  /// How many there are of each rule, and of each symbol.
  private(set) var byReason: [String: Int] = [:]
  private(set) var bySymbol: [String: Int] = [:]

  /// The tally of rejects, as `run_meta.json` has them.
  init(_ rejects: some Sequence<JSONValue>) {
    for reject in rejects {
      count += 1
      if first.count < ReportLimits.rows { first.append(reject) }
      byReason[reject["reason"]?.exact ?? "–", default: 0] += 1
      bySymbol[reject["symbol"]?.exact ?? "", default: 0] += 1
    }
  }
}
