package import PrepaperJSON

/// What a run has proven of itself, as its manifest says it.
package struct RunProof: Hashable, Sendable {
  /// Whether the run, executed again from its own bars, came to the same bytes.
  package enum Replay: String, CaseIterable, Sendable {
    case holds
    case notRun = "not_run"
  }

  /// Whether each signal is the same without the bars after its decision, and with other ones.
  package enum Lookahead: String, CaseIterable, Sendable {
    case holds
    /// It holds for decisions spread evenly over the run: there were too many to try all of them.
    case sampled
    /// There was nothing to prove.
    case noSignals = "no_signals"
    case notRun = "not_run"
  }

  package let replay: Replay
  package let lookahead: Lookahead

  /// A proof of these parts.
  package init(replay: Replay, lookahead: Lookahead) {
    self.replay = replay
    self.lookahead = lookahead
  }

  /// Nothing is proven.
  package static let none = RunProof(replay: .notRun, lookahead: .notRun)

  /// The proof as the manifest has it.
  package var json: JSONValue {
    .object(["replay": .string(replay.rawValue), "lookahead": .string(lookahead.rawValue)])
  }
}
