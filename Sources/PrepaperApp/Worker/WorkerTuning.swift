import Logging
import PrepaperWorker

/// How a worker is to behave, from its flags and the settings; all of it but the lease may change while it works.
struct WorkerTuning: Sendable {
  var concurrency: Int
  var timeout: Duration
  /// How long a worker that is to stop waits for its runs; nil for as long as they take.
  var stopTimeout: Duration?
  var grace: Duration
  var retryDelay: Duration
  var lease: Duration
  var allowedRoots: [String]?
  var child: ChildSettings
  var logLevel: Logger.Level

  /// The wait before a run that has failed is tried again.
  var backoff: Backoff { Backoff(first: retryDelay, jitter: { Double.random(in: 0...1) }) }
}
