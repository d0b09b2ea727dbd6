/// The time of day and the time that passes, handed in from the program's edge.
package protocol RunClock: Sendable {
  /// The time of day.
  var now: UTCTimestamp { get }
  /// The time since some fixed moment, never going back: for how long things took.
  var elapsed: Duration { get }
}
