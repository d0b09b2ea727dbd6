internal import PrepaperDomain
internal import PrepaperPipeline

extension LookaheadProof {
  /// How many bars long tests may go through in all, and how many of them there may be at least and, of a strategy
  /// that is a program, at most.
  private static let longBars = 32_000_000
  private static let fewestLongTests = 16

  /// What a decision comes to without the bars after it, where that is not the same.
  struct Fault {
    let isNoise: Bool
    let signal: Signal
    let answer: Answer
  }

  /// As many of the decisions as are practical.
  func chosen(of decisions: [Decision], _ histories: [SufficientHistory]) -> [Decision] {
    let bars = histories.reduce(1) { $0 + $1.series.count }
    let most = isProgram ? Self.fewestLongTests : max(Self.fewestLongTests, Self.longBars / bars)
    return Self.spread(decisions, most: most)
  }

  /// The first decision that is another one without the bars after it, or with other ones, in words.
  func firstViolation(_ decisions: [Decision], _ histories: [SufficientHistory]) async throws -> String? {
    // One after the other: a program must have as much of the machine as in the run, lest it reaches a limit here.
    for decision in decisions {
      if let fault = try await fault(of: decision, histories) { return try await words(decision, fault, histories) }
    }
    return nil
  }

  private func fault(of decision: Decision, _ histories: [SufficientHistory]) async throws -> Fault? {
    for isNoise in [false, true] {
      let answer = try await run(histories.map { known($0, at: decision.time, isNoise: isNoise) })
      switch answer {
      case .found(let found):
        if let signal = decision.missing(in: found) { return Fault(isNoise: isNoise, signal: signal, answer: answer) }
      case .failed:
        // Where it fails with all bars too, they are not the reason.
        if case .failed(let message) = try await run(histories) { throw RunError(.strategyFailed, message) }
        return Fault(isNoise: isNoise, signal: decision.signals[0], answer: answer)
      }
    }
    return nil
  }

  /// As much of a history as an instant knows, with made-up bars after it where that is asked for.
  func known(_ history: SufficientHistory, at time: UTCTimestamp, isNoise: Bool) -> SufficientHistory {
    let cut = history.count(closedBy: time)
    return history.known(before: cut, later: isNoise ? history.series.noise(from: cut) : nil)
  }
}
