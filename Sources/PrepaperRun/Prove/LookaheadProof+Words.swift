internal import PrepaperDomain
internal import PrepaperPipeline

extension LookaheadProof {
  /// The signal, what it is without the bars after it, and the first of those that it needs.
  func words(_ decision: Decision, _ fault: Fault, _ histories: [SufficientHistory]) async throws -> String {
    let signal = fault.signal
    let change = fault.isNoise ? "where the bars after it are other ones" : "without the bars after it"
    let other =
      switch fault.answer {
      case .failed(let message): "the strategy fails \(change) (\(message))"
      case .found(let found):
        if let other = found.first(where: {
          $0.time == signal.time && $0.symbol == signal.symbol && $0.side == signal.side
        }) {
          "it is another one \(change): \(difference(signal, other))"
        } else {
          "it is not there \(change)"
        }
      }
    let needed = try await neededBar(decision, fault, histories)
    return "signal \(signal.side.rawValue) \(signal.symbol), decided at \(signal.time), saw the future: \(other)"
      + (needed.map { "; it needs the bar that opens at \($0)" } ?? "")
      + ". Nothing is published; make the strategy decide on bars that have closed"
  }

  private func difference(_ signal: Signal, _ other: Signal) -> String {
    for (name, here, there) in [
      ("entry", signal.entryPrice, other.entryPrice), ("stop", signal.stopPrice, other.stopPrice),
      ("target", signal.takeProfitPrice, other.takeProfitPrice),
    ] where here != there {
      return "\(name) \(here.map { "\($0)" } ?? "none") becomes \(there.map { "\($0)" } ?? "none")"
    }
    return "its prices are the same, its other members are not"
  }

  /// The open of the last bar without which the decision is another one, found by halving; nil where there is none.
  private func neededBar(
    _ decision: Decision, _ fault: Fault, _ histories: [SufficientHistory]
  ) async throws -> UTCTimestamp? {
    guard let history = histories.first(where: { $0.series.symbol == decision.symbol }) else { return nil }
    let series = history.series
    let cut = history.count(closedBy: decision.time)
    func holds(_ end: Int) async throws -> Bool {
      let time = history.close(at: end - 1)
      let answer = try await run(histories.map { known($0, at: time, isNoise: fault.isNoise) })
      if case .found(let found) = answer { return decision.missing(in: found) == nil }
      return false
    }
    guard cut > 0, cut < series.count, try await holds(series.count) else { return nil }
    var (low, high) = (cut, series.count)
    // Most look at the next bars.
    var step = 1
    while low + step < high {
      if try await holds(low + step) {
        high = low + step
      } else {
        low += step
        step *= 2
      }
    }
    while low + 1 < high {
      let middle = (low + high) / 2
      if try await holds(middle) { high = middle } else { low = middle }
    }
    return series.time[high - 1]
  }
}
