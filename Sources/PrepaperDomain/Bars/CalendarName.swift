/// The calendars that prepaper brings along.
package enum CalendarName: String, CaseIterable, Sendable {
  /// The New York Stock Exchange.
  case xnys = "XNYS"
  /// A market that never closes; its days are those of UTC.
  case always = "24x7"
}
