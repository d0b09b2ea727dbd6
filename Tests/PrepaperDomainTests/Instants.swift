import PrepaperDomain
import Testing

/// The instant that a text names; a text that names none fails the test.
func instant(_ text: String) throws -> UTCTimestamp {
  try #require(UTCTimestamp(rfc3339: text), "\(text) is no instant")
}

/// The date that a text names; a text that names none fails the test.
func date(_ text: String) throws -> CivilDate {
  try #require(CivilDate(iso: text), "\(text) is no date")
}

/// The zone of a name; a name that is not known fails the test.
func zone(_ name: String) throws -> MarketTimeZone {
  try #require(MarketTimeZone.named(name), "\(name) is no known zone")
}
