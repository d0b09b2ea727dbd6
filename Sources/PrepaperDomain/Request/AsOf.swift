/// The moment at which a run is to look at the market.
package enum AsOf: Hashable, Sendable, CustomStringConvertible {
  /// The moment at which the run is executed.
  case now
  /// That instant.
  case instant(UTCTimestamp)

  /// The moment from `now` or an RFC 3339 time with a zone, or nil.
  package init?(parsing text: String) {
    if text == "now" {
      self = .now
    } else if let instant = UTCTimestamp(rfc3339: text) {
      self = .instant(instant)
    } else {
      return nil
    }
  }

  /// The text that `init(parsing:)` reads back.
  package var description: String {
    switch self {
    case .now: "now"
    case .instant(let instant): WindowBound.instant(instant).description
    }
  }
}
