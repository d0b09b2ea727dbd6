/// One end of a window as a user gives it: a day, or an instant.
package enum WindowBound: Hashable, Sendable, CustomStringConvertible {
  /// The start of that day in the market's zone.
  case day(CivilDate)
  /// That instant.
  case instant(UTCTimestamp)

  /// The bound from `YYYY-MM-DD` or an RFC 3339 time with a zone, or nil.
  package init?(parsing text: String) {
    if let day = CivilDate(iso: text) {
      self = .day(day)
    } else if let instant = UTCTimestamp(rfc3339: text) {
      self = .instant(instant)
    } else {
      return nil
    }
  }

  /// The text that `init(parsing:)` reads back.
  package var description: String {
    switch self {
    case .day(let day): day.description
    // The short form has no microseconds.
    case .instant(let instant): instant.microseconds % 1000 == 0 ? instant.rfc3339 : instant.iso8601
    }
  }
}
