package import PrepaperDomain

/// How an attempt ended.
package enum AttemptOutcome: Hashable, Sendable {
  /// The run is published.
  case succeeded(PublishedRun)
  /// The run failed; where the failure is transient and attempts are left, it comes back after the delay.
  case failed(RunError, retryAfter: Duration)
  /// The machine could not do what it needs, for one with a full disk: it does not count, and the run comes back after the delay.
  case deferred(RunError, for: Duration)
  /// Somebody cancelled the run, and it was stopped.
  case cancelled
  /// The worker stopped it for its own sake: it does not count, and the run is queued again.
  case released
}
