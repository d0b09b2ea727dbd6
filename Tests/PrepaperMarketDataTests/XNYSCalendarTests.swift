import Crypto
import PrepaperDomain
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct XNYSCalendarTests {
  let calendar = XNYSCalendar()

  // scripts/check-calendar reads this table and gets the same digests from the exchange_calendars Python package,
  // which knows both periods as a whole. Of the years that are not announced yet it has, like us, only the rules.
  static let verified: [VerifiedPeriod] = [
    VerifiedPeriod(
      from: "1993-01-01", through: "2009-12-31", sessions: 4283,
      sha256: "16bd3eafa938a448dc8a06bef0263f766155351a61c396797f0381f658afbb8a"),
    VerifiedPeriod(
      from: "2010-01-01", through: "2030-12-31", sessions: 5279,
      sha256: "8c118fe23d6d6552c1161592592dd70da06c0dd2e7cc87670b9b31305b6f4e5f"),
  ]

  @Test(arguments: verified)
  func `every session is the one of exchange_calendars`(period: VerifiedPeriod) throws {
    let sessions = try days(from: period.from, through: period.through).compactMap { calendar.session(on: $0) }

    var lines = SHA256()
    for session in sessions {
      lines.update(data: Array("\(session.day) \(session.open) \(session.close)\n".utf8))
    }

    #expect(sessions.count == period.sessions)
    #expect(hexadecimal(lines.finalize()) == period.sha256)
  }

  @Test func `the two verified periods are the whole range`() throws {
    let first = try #require(Self.verified.first)
    let last = try #require(Self.verified.last)

    #expect(Self.verified.count == 2)
    #expect(try day(first.from) == calendar.range.lowerBound)
    #expect(try day(first.through).advanced(byDays: 1) == day(last.from))
    #expect(try day(last.through) == calendar.range.upperBound)
  }

  @Test(arguments: [(2001, 248), (2023, 250), (2024, 252), (2025, 250), (2026, 251)])
  func `a year has its number of sessions`(year: Int, count: Int) throws {
    let days = try days(from: "\(year)-01-01", through: "\(year)-12-31")

    #expect(days.compactMap { calendar.session(on: $0) }.count == count)
  }

  @Test(arguments: [
    ("2025-03-07", "2025-03-07T14:30:00Z", "2025-03-07T21:00:00Z"),
    ("2025-03-10", "2025-03-10T13:30:00Z", "2025-03-10T20:00:00Z"),
    ("2025-10-31", "2025-10-31T13:30:00Z", "2025-10-31T20:00:00Z"),
    ("2025-11-03", "2025-11-03T14:30:00Z", "2025-11-03T21:00:00Z"),
    ("2006-04-03", "2006-04-03T13:30:00Z", "2006-04-03T20:00:00Z"),
    ("2006-10-30", "2006-10-30T14:30:00Z", "2006-10-30T21:00:00Z"),
    ("2024-07-03", "2024-07-03T13:30:00Z", "2024-07-03T17:00:00Z"),
    ("2024-11-29", "2024-11-29T14:30:00Z", "2024-11-29T18:00:00Z"),
  ])
  func `hours are New York's on either side of a clock change`(date: String, open: String, close: String) throws {
    let session = try #require(try calendar.session(on: day(date)))

    #expect(session.open == UTCTimestamp(rfc3339: open))
    #expect(session.close == UTCTimestamp(rfc3339: close))
  }

  @Test(arguments: [
    "1996-07-05", "1997-12-26", "1999-12-31", "2002-07-05", "2003-12-26", "2013-07-03", "2019-07-03", "2023-07-03",
    "2023-11-24", "2024-07-03", "2024-11-29", "2024-12-24", "2025-07-03", "2025-11-28", "2025-12-24", "2026-11-27",
    "2026-12-24",
  ])
  func `a half day ends at 13 00`(date: String) throws {
    let session = try #require(try calendar.session(on: day(date)))

    #expect(session.close - session.open == .seconds(210 * 60))
    #expect(session.barCount(.m1) == 210)
    #expect(session.barCount(.m5) == 42)
    #expect(session.barCount(.m15) == 14)
  }

  @Test(arguments: [
    "1996-07-03", "2002-07-03", "2008-12-26", "2013-07-05", "2014-12-26", "2021-12-31", "2025-12-26", "2026-07-02",
    "2027-12-31",
  ])
  func `a day that could be taken for a half day is a full one`(date: String) throws {
    let session = try #require(try calendar.session(on: day(date)))

    #expect(session.barCount(.m1) == 390)
    #expect(session.barCount(.m5) == 78)
    #expect(session.barCount(.m15) == 26)
  }

  @Test(arguments: [
    "1994-04-27", "2001-09-11", "2001-09-12", "2001-09-13", "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29",
    "2012-10-30", "2018-12-05", "2025-01-09",
  ])
  func `a day closed for a reason of its own has no session`(date: String) throws {
    #expect(try calendar.session(on: day(date)) == nil)
  }

  @Test(arguments: [
    ("1998-01-19", "Martin Luther King Jr. Day"), ("2000-04-21", "Good Friday"), ("2017-01-02", "New Year, a Sunday"),
    ("2020-07-03", "Independence Day, a Saturday"), ("2021-07-05", "Independence Day, a Sunday"),
    ("2021-12-24", "Christmas, a Saturday"), ("2022-06-20", "Juneteenth, a Sunday"), ("2024-02-19", "Washington"),
    ("2024-03-29", "Good Friday"), ("2024-05-27", "Memorial Day"), ("2024-09-02", "Labor Day"),
    ("2024-11-28", "Thanksgiving"), ("2026-07-03", "Independence Day, a Saturday"),
    ("2027-06-18", "Juneteenth, a Saturday"),
  ])
  func `a holiday has no session`(date: String, holiday: String) throws {
    #expect(try calendar.session(on: day(date)) == nil, "\(holiday)")
  }

  @Test(arguments: ["1997-01-20", "2021-06-18", "2010-12-31", "2016-11-11", "2016-10-10"])
  func `a day that others keep as a holiday has a session`(date: String) throws {
    #expect(try calendar.session(on: day(date)) != nil)
  }

  @Test func `no weekend has a session`() throws {
    let weekends = try days(from: "1993-01-01", through: "2030-12-31").filter { $0.weekday.isWeekend }

    #expect(weekends.count == 3966)
    #expect(weekends.allSatisfy { calendar.session(on: $0) == nil })
  }

  @Test(arguments: ["1970-01-02", "1992-12-31", "2031-01-02", "2100-03-01"])
  func `no date outside the range has a session`(date: String) throws {
    #expect(try calendar.session(on: day(date)) == nil)
  }

  @Test(arguments: [
    ("2024-11-27T21:00:00Z", "2024-11-30T05:00:00Z", ["2024-11-27", "2024-11-29"]),
    ("2024-11-29T15:00:00Z", "2024-11-29T15:01:00Z", ["2024-11-29"]),
    // 23:59 on Tuesday and 00:01 on Thursday in New York.
    ("2025-03-12T03:59:00Z", "2025-03-13T04:01:00Z", ["2025-03-11", "2025-03-12", "2025-03-13"]),
    // Midnight to midnight: the end does not belong to the span.
    ("2025-03-12T04:00:00Z", "2025-03-13T04:00:00Z", ["2025-03-12"]),
    ("2025-03-12T15:00:00Z", "2025-03-12T15:00:00Z", []),
    ("2024-12-28T05:00:00Z", "2024-12-30T05:00:00Z", []),
    ("1970-01-01T00:00:00Z", "1993-01-05T05:00:00Z", ["1993-01-04"]),
    ("2030-12-31T05:00:00Z", "2100-01-01T00:00:00Z", ["2030-12-31"]),
    ("2040-01-01T00:00:00Z", "2041-01-01T00:00:00Z", []),
  ])
  func `a schedule has the sessions whose local days the span touches`(
    from: String, to: String, dates: [String]
  ) throws {
    let schedule = try calendar.schedule(covering: span(from: from, to: to))

    #expect(schedule.sessions.map(\.day.description) == dates)
    #expect(schedule.calendar == "XNYS")
    #expect(schedule.version == calendar.version)
    #expect(schedule.timeZone == .newYork)
  }

  @Test(arguments: [
    ("2025-03-08T00:30:00Z", "2025-03-08T01:00:00Z", ["2025-03-08"]),
    ("2025-03-07T20:00:00Z", "2025-03-07T21:00:00Z", ["2025-03-07", "2025-03-08"]),
    ("2025-03-07T19:00:00Z", "2025-03-07T20:00:00Z", ["2025-03-07"]),
    ("2025-03-07T01:00:00Z", "2025-03-07T02:00:00Z", ["2025-03-07"]),
  ])
  func `a schedule has a session that opens on the evening before its date`(
    from: String, to: String, dates: [String]
  ) throws {
    let schedule = try EveningCalendar().schedule(covering: span(from: from, to: to))

    #expect(schedule.sessions.map(\.day.description) == dates)
  }

  @Test(arguments: [
    ("2024-11-29", "2024-11-27", "2024-12-02"), ("2001-09-13", "2001-09-10", "2001-09-17"),
    ("2025-01-04", "2025-01-03", "2025-01-06"), ("1993-01-04", nil, "1993-01-05"), ("1992-12-31", nil, "1993-01-04"),
    ("1992-12-30", nil, nil), ("2030-12-31", "2030-12-30", nil), ("2031-01-01", "2030-12-31", nil),
    ("2031-01-02", nil, nil),
  ])
  func `a date has a session before and after it as far as the calendar knows`(
    date: String, previous: String?, next: String?
  ) throws {
    #expect(try calendar.previousSession(before: day(date))?.day.description == previous)
    #expect(try calendar.nextSession(after: day(date))?.day.description == next)
  }

  private func days(from first: String, through last: String) throws -> [CivilDate] {
    let (first, last) = (try day(first), try day(last))
    return (first.daysSinceEpoch...last.daysSinceEpoch).map { CivilDate(daysSinceEpoch: $0) }
  }

  private func span(from: String, to: String) throws -> TimeSpan {
    TimeSpan(from: try #require(UTCTimestamp(rfc3339: from)), to: try #require(UTCTimestamp(rfc3339: to)))
  }

  private func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(iso: text))
  }

  private func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

/// A period whose sessions, one `day open close` line each, have a known digest.
struct VerifiedPeriod: Sendable {
  let from: String
  let through: String
  let sessions: Int
  let sha256: String
}

/// A market that trades every day of 2025 from 20:00 UTC on the evening before to 16:00 UTC.
struct EveningCalendar: MarketCalendar {
  let name = "evening"
  let version = "1"
  let timeZone = MarketTimeZone.utc
  let range = CivilDate(year: 2025, month: 1, day: 1)...CivilDate(year: 2025, month: 12, day: 31)

  func session(on day: CivilDate) -> Session? {
    guard range.contains(day) else { return nil }
    return Session(
      day: day, hours: TimeSpan(from: day.startUTC - .seconds(4 * 3600), to: day.startUTC + .seconds(16 * 3600)))
  }
}
