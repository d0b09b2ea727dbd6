internal import PrepaperDomain

/// A trial that comes to something that the run has not.
struct TrialFault: Sendable {
  /// What the strategy does in it.
  enum Kind: Sendable {
    case decides(RunDecisions.Difference)
    /// It fails, with these words.
    case fails(String)
  }

  let trial: Trial
  let kind: Kind

  /// When it was decided what comes out another way.
  var time: UTCTimestamp {
    if case .decides(let difference) = kind { difference.item.time } else { trial.time }
  }
}
