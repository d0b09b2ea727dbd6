/// Everything that may be said about a run, by the one name it has: as a key of JSON in lines of bulk input, in rows of
/// the queue and in orders to a run's process, and with `--` and hyphens as a flag.
package enum RequestMember: String, CaseIterable, Sendable {
  case runID = "run_id"
  case backtestRunID = "backtest_run_id"
  case artifactsRoot = "artifacts_root"
  case replayDate = "replay_date"
  case from, to
  case asOf = "as_of"
  case sessionMode = "session_mode"
  case mode, symbols, strict
  case maxMissing = "max_missing"
  case maxJump = "max_jump"
  case calendar, sizing
  case allowUnapproved = "allow_unapproved"
  case noProve = "no_prove"

  /// Its key.
  package var key: String { rawValue }
}

/// How a part of a submission is called where the user has written it.
package enum MemberNames: Sendable {
  /// `--run-id`.
  case flags
  /// `run_id`.
  case keys

  /// The name of a part, by its key.
  package func callAsFunction(_ key: String) -> String {
    switch self {
    case .flags: "--" + key.replacing("_", with: "-")
    case .keys: key
    }
  }

  /// The name of a part of a request.
  package func callAsFunction(_ member: RequestMember) -> String { self(member.key) }
}

/// A part of a submission that cannot be taken: which, and what it must be.
package struct FieldFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// A whole sentence.
  package let description: String

  /// A fault in these words.
  package init(_ description: String) {
    self.description = description
  }

  /// A text that is no run id.
  package static func notAnID(_ name: String, _ text: String) -> FieldFault {
    FieldFault("\(name) is '\(text)'; an id is \(RunID.rule), without '/' or '..'.")
  }
}
