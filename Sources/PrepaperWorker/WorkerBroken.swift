internal import PrepaperQueue

/// A worker whose own record of what it runs is not the queue's: it must not go on.
package struct WorkerBroken: Error, CustomStringConvertible {
  /// What it knows nothing of.
  let attempt: RunningAttempt

  /// The run, and what becomes of it.
  package var description: String {
    "the queue says that this worker runs attempt \(attempt.attempt) of run \(attempt.runID), and it does not; it ends, "
      + "and the run is taken back when its lease is over"
  }
}
