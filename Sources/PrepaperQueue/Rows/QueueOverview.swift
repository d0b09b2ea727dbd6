package import PrepaperDomain

/// How full the queue is.
package struct QueueOverview: Hashable, Sendable {
  /// Jobs in each state; a state without jobs has 0.
  package let counts: [JobState: Int]
  /// Attempts that ended, by outcome: `succeeded`, `failed`, `lost`, `cancelled`, `released`.
  package let attempts: [String: Int]
  /// When the job that waits longest was submitted or became due.
  package let oldestQueuedSince: UTCTimestamp?
  /// When the next scheduled job is due.
  package let nextRunAt: UTCTimestamp?
  /// When the first lease runs out.
  package let nextLeaseEnd: UTCTimestamp?
  /// Since when nothing is claimed, because somebody paused the queue.
  package let pausedSince: UTCTimestamp?

  /// Jobs that are neither at their end nor cancelled.
  package var open: Int { JobState.allCases.filter { !$0.isFinal }.reduce(0) { $0 + (counts[$1] ?? 0) } }
}
