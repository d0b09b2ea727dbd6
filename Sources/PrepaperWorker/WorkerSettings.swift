internal import Synchronization

/// How a worker behaves.
package struct WorkerSettings: Sendable {
  /// The worker's name: no other worker on the queue may have it.
  package var name: String
  /// The machine and the process, for people who look for it.
  package var host: String
  package var processID: Int32
  /// The name of the socket that wakes it, where it has one.
  package var bell: String?
  /// How many attempts it runs at once.
  package var concurrency: Int
  /// How long a claim holds without a sign of life.
  package var lease: Duration
  /// How long an attempt may take, unless its job says otherwise; nil for as long as it wants.
  package var timeout: Duration?
  /// How long after a failure the run comes back.
  package var backoff: Backoff
  /// The directories that runs may be written below; nil for those that belong to this process's user.
  package var allowedRoots: [String]?
  /// Whether to end when no job is left that could still run.
  package var drains: Bool
  /// After how long without a sign of life the service manager takes the worker for dead; nil where nobody looks.
  package var watchdog: Duration?

  /// Settings of these parts.
  package init(
    name: String, host: String, processID: Int32, bell: String? = nil, concurrency: Int = 1, lease: Duration,
    timeout: Duration? = nil, backoff: Backoff, allowedRoots: [String]?, drains: Bool,
    watchdog: Duration? = nil
  ) {
    self.name = name
    self.host = host
    self.processID = processID
    self.bell = bell
    self.concurrency = concurrency
    self.lease = lease
    self.timeout = timeout
    self.backoff = backoff
    self.allowedRoots = allowedRoots
    self.drains = drains
    self.watchdog = watchdog
  }

  /// How often a claim is renewed and a sign of life given: six times in a lease, twice before the watchdog bites, and
  /// every five seconds at least.
  package var heartbeat: Duration { min(lease / 6, .seconds(5), (watchdog ?? .seconds(10)) / 2) }

  /// How long a worker goes without a look at the queue: a bell that nobody rang delays a run no longer.
  var look: Duration { min(.seconds(1), heartbeat) }
}

/// How long a failed run waits before it is tried again: twice as long after each failure, and never all at once.
package struct Backoff: Sendable {
  /// The wait after the first failure.
  package let first: Duration
  /// The longest wait.
  package let longest: Duration
  /// A number in 0…1, another one each time: it sets apart what failed together.
  package let jitter: @Sendable () -> Double

  /// Waits from `first` to `longest`.
  package init(first: Duration, longest: Duration = .seconds(600), jitter: @escaping @Sendable () -> Double) {
    self.first = first
    self.longest = longest
    self.jitter = jitter
  }

  /// The wait after that many tries: between half and the whole of `first · 2^(tries − 1)`, `longest` at most.
  package func delay(afterTries tries: Int) -> Duration {
    let whole = min(first * (1 << min(max(tries, 1) - 1, 20)), longest)
    return whole * (0.5 + jitter() / 2)
  }
}

/// A value that may be another one later: what is begun meanwhile goes on with the one that it has read.
package final class Current<Value: Sendable>: Sendable {
  private let stored: Mutex<Value>

  /// Begins with a value.
  package init(_ value: Value) {
    stored = Mutex(value)
  }

  /// The value as it is now.
  package var value: Value { stored.withLock { $0 } }

  /// Takes another value.
  package func replace(with value: Value) { stored.withLock { $0 = value } }
}
