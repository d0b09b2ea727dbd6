/// How a worker behaves.
package struct WorkerSettings: Sendable {
  /// The worker's name: no other worker on the queue may have it.
  package var name: String
  /// The machine and the process, for people who look for it.
  package var host: String
  package var processID: Int32
  /// How long a claim holds without a sign of life.
  package var lease: Duration
  /// How long after a failure the run comes back.
  package var backoff: Backoff
  /// The directories that runs may be written below; nil for those that belong to this process's user.
  package var allowedRoots: [String]?
  /// Whether to end when no job is left that could still run.
  package var drains: Bool

  /// Settings of these parts.
  package init(
    name: String, host: String, processID: Int32, lease: Duration, backoff: Backoff, allowedRoots: [String]?,
    drains: Bool
  ) {
    self.name = name
    self.host = host
    self.processID = processID
    self.lease = lease
    self.backoff = backoff
    self.allowedRoots = allowedRoots
    self.drains = drains
  }

  /// How often a claim is renewed and a sign of life given: six times in a lease, and every five seconds at least.
  package var heartbeat: Duration { min(lease / 6, .seconds(5)) }
}
