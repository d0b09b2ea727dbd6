/// The calendars that prepaper brings along.
package enum CalendarName: String, CaseIterable, Sendable {
  /// The New York Stock Exchange.
  case xnys = "XNYS"
  /// A market that never closes; its days are those of UTC.
  case always = "24x7"

  /// The zone whose dates its sessions carry.
  package var timeZone: MarketTimeZone {
    switch self {
    case .xnys: .newYork
    case .always: .utc
    }
  }
}
