/// The sessions that a calendar has in some stretch of time, ascending, with the calendar's name and version.
package struct SessionSchedule: Hashable, Sendable {
  /// The calendar's name, `XNYS`.
  package let calendar: String
  /// The version of the calendar's rules and closures.
  package let version: String
  /// The market's zone.
  package let timeZone: MarketTimeZone
  /// The sessions, ascending by date.
  package let sessions: [Session]
  /// The session after the last of them, where the calendar knows it: orders for the next day need its hours.
  package let following: Session?

  /// A schedule of sessions, which must be ascending.
  package init(
    calendar: String, version: String, timeZone: MarketTimeZone, sessions: [Session], following: Session? = nil
  ) {
    self.calendar = calendar
    self.version = version
    self.timeZone = timeZone
    self.sessions = sessions
    self.following = following
  }
}
