internal import PrepaperDomain

/// How many decisions of a run were tried, and what came of them.
struct TrialTally: Sendable {
  let signals: Int
  var orders = 0
  var tried = 0
  /// Instants without a signal that were tried.
  var quiet = 0
  /// Trials on all bars.
  var long = 0
  /// Instants with signals at which nothing was tried: too many of them, too many that take all bars, or none at which
  /// each symbol has a bar.
  var leftOut = (instants: 0, long: 0, early: 0)
  var violation: String?

  init(signals: Int) {
    self.signals = signals
  }

  var verdict: LookaheadVerdict {
    let isComplete = tried == signals
    return LookaheadVerdict(
      status: orders == 0 ? .noSignals : isComplete ? .holds : .sampled, signals: signals, tried: tried, quiet: quiet,
      longTests: long, reason: isComplete ? nil : reason, violation: violation)
  }

  /// Why not all signals were tried.
  private var reason: String? {
    var reasons: [String] = []
    if leftOut.long > 0 {
      reasons.append(
        "at \(leftOut.long) instants the strategy decides otherwise on the session alone, so that it takes all bars to try "
          + "it there, which was done at \(long) only")
    }
    if leftOut.instants > 0 {
      reasons.append(
        "there are \(leftOut.instants) instants with signals more than a program is tried at with so many bars")
    }
    if leftOut.early > 0 {
      reasons.append("at \(leftOut.early) instants one of the symbols has no bar yet")
    }
    guard !reasons.isEmpty else { return nil }
    return "\(signals - tried) of \(signals) signals were not tried: \(reasons.joined(separator: "; "))"
  }
}
