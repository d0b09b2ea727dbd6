package import PrepaperDomain

/// The time of day, the time that passes, and sleep: handed in from the program's edge.
package protocol WorkerClock: Sendable {
  /// The time of day, which people may set.
  var now: UTCTimestamp { get }
  /// The time since some fixed moment, never going back.
  var elapsed: Duration { get }

  /// Sleeps.
  ///
  /// - Throws: `CancellationError` where the task is cancelled meanwhile.
  func sleep(for duration: Duration) async throws
}
