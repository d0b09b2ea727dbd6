import PrepaperDomain
import PrepaperJSON

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
