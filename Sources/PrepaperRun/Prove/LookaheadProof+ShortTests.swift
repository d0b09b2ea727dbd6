internal import PrepaperDomain
internal import PrepaperPipeline

extension LookaheadProof {
  /// How many bars are made up after a decision in a short test; in a long one all that there are.
  private static let shortNoise = 64
  /// After so many short tests that fail, and none that holds, no more are made.
  private static let hopeless = 8

  /// The decisions about one symbol that are others on their own session alone.
  func failingShort(_ decisions: [Decision]) async throws -> [Decision] {
    guard let symbol = decisions.first?.symbol, let history = try await history(of: symbol) else { return decisions }
    var failing: [Decision] = []
    for start in stride(from: 0, to: decisions.count, by: Self.hopeless) {
      let some = Array(decisions[start..<min(start + Self.hopeless, decisions.count)])
      let holds = try await answers(some) { try await holdsShort($0, history) }
      failing += zip(some, holds).filter { !$0.1 }.map(\.0)
      if start == 0, failing.count == Self.hopeless { return decisions }
    }
    return failing
  }

  private func holdsShort(_ decision: Decision, _ history: SufficientHistory) async throws -> Bool {
    let series = history.series
    let cut = history.count(closedBy: decision.time)
    guard cut > 0 else { return false }
    let session = history.day(of: series.time[cut - 1])
    let evaluated = TimeSpan(from: max(session.from, history.window.from), to: history.window.to)
    let first = series.firstIndex(atOrAfter: evaluated.from)
    let start = max(0, first - series.firstIndex(atOrAfter: history.window.from))
    for later in [nil, series.noise(from: cut, count: Self.shortNoise)] {
      let part = history.known(before: cut, from: start, window: evaluated, later: later)
      guard case .found(let found) = try await run([part]), decision.missing(in: found) == nil else { return false }
    }
    return true
  }
}
