import PrepaperDomain
import Testing

@Suite struct MarketTimeZoneLocalTimeTests {
  @Test(arguments: [
    ("America/New_York", "2013-10-04", 34_200, "2013-10-04T13:30:00Z"),
    ("America/New_York", "2013-12-04", 34_200, "2013-12-04T14:30:00Z"),
    ("America/New_York", "2007-03-12", 34_200, "2007-03-12T13:30:00Z"),
    ("America/New_York", "2006-03-13", 34_200, "2006-03-13T14:30:00Z"),
    ("America/New_York", "2025-03-09", 0, "2025-03-09T05:00:00Z"),
    ("America/New_York", "2025-03-09", 86_400, "2025-03-10T04:00:00Z"),
    ("America/New_York", "2025-12-31", 86_399, "2026-01-01T04:59:59Z"),
    ("Europe/Berlin", "2025-07-01", 32_400, "2025-07-01T07:00:00Z"),
    ("Europe/Berlin", "2025-01-01", 0, "2024-12-31T23:00:00Z"),
    ("Europe/London", "2025-07-01", 28_800, "2025-07-01T07:00:00Z"),
    ("UTC", "2025-07-01", 28_800, "2025-07-01T08:00:00Z"),
  ])
  func `a local time is an instant`(name: String, day: String, second: Int64, text: String) throws {
    #expect(try zone(name).instant(of: date(day), secondOfDay: second) == instant(text))
  }

  @Test(arguments: [
    // 2:00 to 3:00 does not exist in New York on this day, nor 1:00 to 2:00 in London.
    ("America/New_York", "2025-03-09", 7_199, "2025-03-09T06:59:59Z"),
    ("America/New_York", "2025-03-09", 7_200, "2025-03-09T07:00:00Z"),
    ("America/New_York", "2025-03-09", 9_000, "2025-03-09T07:30:00Z"),
    ("America/New_York", "2025-03-09", 10_799, "2025-03-09T07:59:59Z"),
    ("America/New_York", "2025-03-09", 10_800, "2025-03-09T07:00:00Z"),
    ("Europe/London", "2025-03-30", 5_400, "2025-03-30T01:30:00Z"),
    ("Europe/Berlin", "2025-03-30", 9_000, "2025-03-30T01:30:00Z"),
  ])
  func `a skipped time has the offset before the change`(name: String, day: String, second: Int64, text: String) throws
  {
    #expect(try zone(name).instant(of: date(day), secondOfDay: second) == instant(text))
  }

  @Test(arguments: [
    // 1:00 to 2:00 comes twice in New York on this day, 2:00 to 3:00 in Berlin.
    ("America/New_York", "2025-11-02", 3_599, "2025-11-02T04:59:59Z"),
    ("America/New_York", "2025-11-02", 3_600, "2025-11-02T05:00:00Z"),
    ("America/New_York", "2025-11-02", 7_199, "2025-11-02T05:59:59Z"),
    ("America/New_York", "2025-11-02", 7_200, "2025-11-02T07:00:00Z"),
    ("Europe/London", "2025-10-26", 5_400, "2025-10-26T00:30:00Z"),
    ("Europe/Berlin", "2025-10-26", 9_000, "2025-10-26T00:30:00Z"),
    ("Europe/Berlin", "2025-10-26", 10_800, "2025-10-26T02:00:00Z"),
  ])
  func `of a repeated time the first is meant`(name: String, day: String, second: Int64, text: String) throws {
    #expect(try zone(name).instant(of: date(day), secondOfDay: second) == instant(text))
  }

  @Test(arguments: [
    ("America/New_York", "2025-03-09", 7_199, "2025-03-09T06:59:59Z"),
    // 2:00 to 3:00 is skipped: all of it is over when the clocks are changed.
    ("America/New_York", "2025-03-09", 7_200, "2025-03-09T07:00:00Z"),
    ("America/New_York", "2025-03-09", 9_000, "2025-03-09T07:00:00Z"),
    ("America/New_York", "2025-03-09", 10_800, "2025-03-09T07:00:00Z"),
    ("Europe/Berlin", "2025-03-30", 9_000, "2025-03-30T01:00:00Z"),
    // 1:00 to 2:00 comes twice.
    ("America/New_York", "2025-11-02", 3_599, "2025-11-02T04:59:59Z"),
    ("America/New_York", "2025-11-02", 3_600, "2025-11-02T05:00:00Z"),
    ("America/New_York", "2025-11-02", 3_601, "2025-11-02T06:00:01Z"),
    ("America/New_York", "2025-11-02", 5_400, "2025-11-02T06:30:00Z"),
    ("America/New_York", "2025-11-02", 7_200, "2025-11-02T07:00:00Z"),
    ("Europe/Berlin", "2025-10-26", 7_200, "2025-10-26T00:00:00Z"),
    ("Europe/London", "2025-10-26", 3_600, "2025-10-26T00:00:00Z"),
    ("Europe/Berlin", "2025-07-01", 32_400, "2025-07-01T07:00:00Z"),
    ("UTC", "2025-07-01", 86_400, "2025-07-02T00:00:00Z"),
  ])
  func `a local time is over the last time that it comes`(name: String, day: String, second: Int64, text: String) throws
  {
    #expect(try zone(name).lastInstant(of: date(day), secondOfDay: second) == instant(text))
  }

  @Test(arguments: [
    ("America/New_York", "2025-03-10T03:59:59Z", "2025-03-09"),
    ("America/New_York", "2025-03-10T04:00:00Z", "2025-03-10"),
    ("America/New_York", "2025-01-01T04:59:59Z", "2024-12-31"),
    ("America/New_York", "2025-01-01T05:00:00Z", "2025-01-01"),
    ("Europe/Berlin", "2024-12-31T23:00:00Z", "2025-01-01"), ("Europe/Berlin", "2025-06-30T22:00:00Z", "2025-07-01"),
    ("UTC", "2024-12-31T23:59:59Z", "2024-12-31"),
  ])
  func `a date begins at local midnight`(name: String, text: String, day: String) throws {
    #expect(try zone(name).date(at: instant(text)) == date(day))
  }

  @Test(arguments: MarketTimeZone.known)
  func `noon and midnight of every day lead back to the day`(zone: MarketTimeZone) throws {
    let days = (try date("1993-01-01").daysSinceEpoch..<date("2031-01-01").daysSinceEpoch)
      .map(CivilDate.init(daysSinceEpoch:))

    let strayed = days.filter { day in
      let midnight = zone.instant(of: day, secondOfDay: 0)
      return zone.date(at: midnight) != day || zone.date(at: midnight - .seconds(1)) != day.advanced(byDays: -1)
        || zone.date(at: zone.instant(of: day, secondOfDay: 43_200)) != day
    }

    #expect(strayed.isEmpty)
  }
}
