/// The stretch of time that a run is asked to evaluate.
package enum WindowRequest: Hashable, Sendable {
  /// The last complete session that the source has.
  case lastSession
  /// One day.
  case day(CivilDate)
  /// From one bound up to, not including, the other.
  case span(from: WindowBound, to: WindowBound)
  /// From the open of a session to the last bar that is complete at a moment.
  case asOf(AsOf)
}
