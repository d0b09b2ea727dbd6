import PrepaperDomain
import PrepaperJSON

/// Takes the best signals of each day and side, by score, then by symbol; the others become rejects.
struct DailySelection {
  /// The evidence that has the open of the bar that a signal was decided on.
  static let barTime = "bar_ts"

  let limit: Int

  private struct Group: Hashable {
    let time: UTCTimestamp
    let side: Side
  }

  /// What is taken, in the order in which it comes.
  func select(from all: StrategyResult) -> StrategyResult {
    var ranks: [Int: Int] = [:]
    for group in Dictionary(
      grouping: all.signals.indices, by: { Group(time: all.signals[$0].time, side: all.signals[$0].side) }
    ).values {
      for (rank, index) in group.sorted(by: { isBetter(all.signals[$0], all.signals[$1]) }).enumerated() {
        ranks[index] = rank + 1
      }
    }
    var taken = StrategyResult()
    taken.rejects = all.rejects
    for (index, signal) in all.signals.enumerated() {
      if let rank = ranks[index], rank > limit {
        taken.rejects.append(reject(signal, rank: rank))
      } else {
        taken.signals.append(signal)
      }
    }
    return taken
  }

  private func isBetter(_ left: Signal, _ right: Signal) -> Bool {
    let (leftScore, rightScore) = (left.evidence["score"]?.doubleValue, right.evidence["score"]?.doubleValue)
    if leftScore != rightScore { return (leftScore ?? -.infinity) > (rightScore ?? -.infinity) }
    return left.symbol < right.symbol
  }

  private func reject(_ signal: Signal, rank: Int) -> Reject {
    var numbers = signal.evidence
    let time = numbers.removeValue(forKey: Self.barTime)?.stringValue.flatMap(UTCTimestamp.init(rfc3339:))
    numbers["rank"] = .integer(Int64(rank))
    numbers["limit"] = .integer(Int64(limit))
    return Reject(time: time ?? signal.time, symbol: signal.symbol, reason: "max_daily_signals", numbers: numbers)
  }
}
