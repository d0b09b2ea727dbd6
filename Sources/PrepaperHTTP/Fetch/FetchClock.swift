package import PrepaperDomain

/// The clocks of a fetch, which also waits between its tries.
package protocol FetchClock: RunClock {
  /// Waits.
  ///
  /// - Throws: `CancellationError` when the task is cancelled meanwhile.
  func sleep(for duration: Duration) async throws
}
