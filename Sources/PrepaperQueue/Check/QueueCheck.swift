/// What came of comparing a queue with its own history.
package struct QueueCheck: Hashable, Sendable {
  /// How many jobs and events were read.
  package let jobs, events: Int
  /// The first thing that cannot be, or nil where the queue is sound.
  package let breach: QueueBreach?
}
