/// How the queue does.
package struct QueueStatistics: Hashable, Sendable {
  /// How long the last attempts waited for a worker; nil where there were none.
  package let waits: Spread?
  /// How long those of them that have ended took.
  package let runs: Spread?
  /// The workers on the list, by name.
  package let workers: [SeenWorker]
}
