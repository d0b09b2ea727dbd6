import Foundation
import PrepaperDomain
import Testing

@Suite struct MarketTimeZoneTests {
  @Test(arguments: [
    // The last spring and autumn of each rule, and the first of the next one.
    ("America/New_York", "1986-04-27T07:00:00Z", -18_000, -14_400),
    ("America/New_York", "1987-04-05T07:00:00Z", -18_000, -14_400),
    ("America/New_York", "2006-04-02T07:00:00Z", -18_000, -14_400),
    ("America/New_York", "2006-10-29T06:00:00Z", -14_400, -18_000),
    ("America/New_York", "2007-03-11T07:00:00Z", -18_000, -14_400),
    ("America/New_York", "2007-11-04T06:00:00Z", -14_400, -18_000),
    ("America/New_York", "2025-03-09T07:00:00Z", -18_000, -14_400),
    ("America/New_York", "2025-11-02T06:00:00Z", -14_400, -18_000),
    ("America/Chicago", "2025-03-09T08:00:00Z", -21_600, -18_000),
    ("America/Chicago", "2025-11-02T07:00:00Z", -18_000, -21_600),
    ("Europe/London", "1995-10-22T01:00:00Z", 3_600, 0),
    ("Europe/London", "1996-10-27T01:00:00Z", 3_600, 0),
    ("Europe/Berlin", "1995-09-24T01:00:00Z", 7_200, 3_600),
    ("Europe/Berlin", "1996-10-27T01:00:00Z", 7_200, 3_600),
    ("Europe/London", "2025-03-30T01:00:00Z", 0, 3_600),
    ("Europe/London", "2025-10-26T01:00:00Z", 3_600, 0),
    ("Europe/Berlin", "2025-03-30T01:00:00Z", 3_600, 7_200),
    ("Europe/Berlin", "2025-10-26T01:00:00Z", 7_200, 3_600),
    ("Europe/Berlin", "2024-03-31T01:00:00Z", 3_600, 7_200),
    ("Europe/Berlin", "2024-10-27T01:00:00Z", 7_200, 3_600),
  ])
  func `clocks are changed at the instant`(name: String, change: String, before: Int64, after: Int64) throws {
    let zone = try zone(name)
    let change = try instant(change)

    #expect(zone.offset(at: change - .microseconds(1)) == before)
    #expect(zone.offset(at: change) == after)
  }

  @Test(arguments: [
    // 11 March 2007 was summer by the new rule, and 11 March 2006 was not by the old one.
    ("2006-03-12T12:00:00Z", -18_000), ("2007-03-12T12:00:00Z", -14_400),
    ("2006-11-01T12:00:00Z", -18_000), ("2007-11-01T12:00:00Z", -14_400),
  ])
  func `New York has the longer summer from 2007 on`(text: String, offset: Int64) throws {
    #expect(MarketTimeZone.newYork.offset(at: try instant(text)) == offset)
  }

  @Test(arguments: MarketTimeZone.known)
  func `whatever the hour, from 1993 to 2030 it has the offset of the zone database`(zone: MarketTimeZone) throws {
    // Given the rules here and those of Foundation
    let reference = try #require(TimeZone(identifier: zone.name))
    let first = CivilDate(year: 1993, month: 1, day: 1).startUTC.seconds
    let last = CivilDate(year: 2031, month: 1, day: 1).startUTC.seconds

    // When both are asked every seven hours, which comes to each hour of the day and to each change of some years
    var differing: [UTCTimestamp] = []
    for hour in stride(from: first, to: last, by: 7 * 3600) {
      let expected = reference.secondsFromGMT(for: Date(timeIntervalSince1970: Double(hour)))
      let instant = UTCTimestamp(seconds: hour)
      if zone.offset(at: instant) != Int64(expected) { differing.append(instant) }
    }

    // Then they agree
    #expect(differing.isEmpty)
  }

  @Test(arguments: MarketTimeZone.known)
  func `an offset holds from the start of its span up to its end`(zone: MarketTimeZone) throws {
    // Given a walk from span to span, each starting where the one before ends
    let last = try instant("2031-06-01T00:00:00Z")
    var at = try instant("1985-06-01T00:00:00Z")
    var spans = 0
    let hasSummer =
      zone.offset(at: try instant("2025-01-01T00:00:00Z")) != zone.offset(at: try instant("2025-07-01T00:00:00Z"))

    while at < last {
      // When the span around an instant is asked for
      let (span, offset) = zone.offsetSpan(at: at)

      // Then the instant lies in it, and both its ends have the offset
      try #require(span.contains(at))
      #expect(zone.offset(at: span.from) == offset)
      #expect(zone.offset(at: span.to - .microseconds(1)) == offset)
      #expect(zone.offsetSpan(at: span.to).span.from == span.to)
      #expect(zone.offsetSpan(at: span.to - .microseconds(1)).span == span)
      at = span.to
      spans += 1
    }
    #expect(spans == (hasSummer ? 139 : 47))
  }

  @Test func `a zone is found by its whole name only`() {
    #expect(MarketTimeZone.named("America/New_York") == .newYork)
    #expect(MarketTimeZone.named("UTC") == .utc)
    for name in ["", "america/new_york", "EST", "America/Anchorage", "Etc/UTC", "UTC "] {
      #expect(MarketTimeZone.named(name) == nil)
    }
  }
}
