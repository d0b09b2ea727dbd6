package import PrepaperDomain

/// The time of day, and sleep: handed in from the program's edge.
package protocol WorkerClock: Sendable {
  /// The time of day.
  var now: UTCTimestamp { get }

  /// Sleeps.
  ///
  /// - Throws: `CancellationError` where the task is cancelled meanwhile.
  func sleep(for duration: Duration) async throws
}
