package import PrepaperDomain

/// How a job is to be treated: nothing of it changes what the run comes to.
package struct JobOptions: Hashable, Sendable {
  /// Higher is claimed earlier.
  package var priority: Int
  /// How many attempts may count before a transient failure is final.
  package var maxTries: Int
  /// How long an attempt may take; nil for what the worker has.
  package var timeout: Duration?
  /// Not before this moment.
  package var notBefore: UTCTimestamp?
  /// Only once that run has succeeded; it fails or is cancelled with it.
  package var after: RunID?
  /// Never two jobs of one key at once.
  package var concurrencyKey: String?

  /// Options; without any, the job runs as soon as a worker is free, up to three times.
  package init(
    priority: Int = 0, maxTries: Int = 3, timeout: Duration? = nil, notBefore: UTCTimestamp? = nil,
    after: RunID? = nil, concurrencyKey: String? = nil
  ) {
    self.priority = priority
    self.maxTries = maxTries
    self.timeout = timeout
    self.notBefore = notBefore
    self.after = after
    self.concurrencyKey = concurrencyKey
  }
}
