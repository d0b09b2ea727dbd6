/// Why a worker stops an attempt that runs.
enum StopReason: Hashable, Sendable {
  /// Somebody wants the run cancelled.
  case cancelled
  /// It took too long.
  case timedOut(after: Duration)
  /// It is no longer the current attempt, or could not renew its lease in time.
  case leaseLost
}
