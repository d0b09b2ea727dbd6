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
