/// A time zone as rules, so that a run's local times do not depend on the machine's zone files.
///
/// The rules hold for the years in which prepaper has calendars (1993 on for the United States, 1996 on for Europe).
package struct MarketTimeZone: Hashable, Sendable {
  /// When clocks are put forward by an hour.
  enum DaylightRule: Hashable, Sendable {
    case none
    /// From 2007 second Sunday of March to first Sunday of November, before it first (until 1986 last) Sunday of
    /// April to last Sunday of October, each at 2:00 local time.
    case unitedStates
    /// Last Sunday of March to last Sunday of October, both at 1:00 UTC.
    case europe
  }

  /// The zone's IANA name.
  package let name: String
  let standardOffset: Int64
  let rule: DaylightRule

  /// New York, the zone of XNYS.
  package static let newYork = MarketTimeZone(
    name: "America/New_York", standardOffset: -5 * 3600, rule: .unitedStates)
  /// UTC.
  package static let utc = MarketTimeZone(name: "UTC", standardOffset: 0, rule: .none)

  /// The zones that are known, in the order in which messages list them.
  package static let known: [MarketTimeZone] = [
    newYork,
    MarketTimeZone(name: "America/Chicago", standardOffset: -6 * 3600, rule: .unitedStates),
    MarketTimeZone(name: "Europe/London", standardOffset: 0, rule: .europe),
    MarketTimeZone(name: "Europe/Berlin", standardOffset: 3600, rule: .europe),
    utc,
  ]

  /// The known zone of that IANA name, or nil.
  package static func named(_ name: String) -> MarketTimeZone? {
    known.first { $0.name == name }
  }

  /// Seconds that local time is ahead of UTC at the instant; `-14400` in a New York summer.
  package func offset(at instant: UTCTimestamp) -> Int64 {
    offsetSpan(at: instant).offset
  }

  /// The offset at an instant with the stretch of time around it in which it holds.
  ///
  /// A loop over bars asks again only when it leaves the stretch.
  package func offsetSpan(at instant: UTCTimestamp) -> (span: TimeSpan, offset: Int64) {
    let year = UTCTimestamp(seconds: instant.seconds + standardOffset).utcDate.year
    guard let summer = summer(of: year) else {
      return (TimeSpan(from: start(of: year), to: start(of: year + 1)), standardOffset)
    }
    if instant < summer.from {
      return (TimeSpan(from: start(of: year), to: summer.from), standardOffset)
    }
    if instant < summer.to { return (summer, standardOffset + 3600) }
    return (TimeSpan(from: summer.to, to: start(of: year + 1)), standardOffset)
  }

  /// The instant of a local time, given in seconds after midnight.
  ///
  /// A time that a spring change skips is read with the offset before the change; of a time that an autumn change
  /// repeats the first is meant.
  package func instant(of day: CivilDate, secondOfDay: Int64) -> UTCTimestamp {
    let local = day.daysSinceEpoch * 86_400 + secondOfDay
    let asSummer = UTCTimestamp(seconds: local - standardOffset - 3600)
    if offset(at: asSummer) != standardOffset { return asSummer }
    return UTCTimestamp(seconds: local - standardOffset)
  }

  /// The local date at the instant.
  package func date(at instant: UTCTimestamp) -> CivilDate {
    UTCTimestamp(seconds: instant.seconds + offset(at: instant)).utcDate
  }

  private func start(of year: Int) -> UTCTimestamp {
    UTCTimestamp(seconds: CivilDate(year: year, month: 1, day: 1).daysSinceEpoch * 86_400 - standardOffset)
  }

  /// The stretch of the year in which clocks are an hour ahead.
  private func summer(of year: Int) -> TimeSpan? {
    switch rule {
    case .none:
      return nil
    case .unitedStates:
      let first: CivilDate
      let last: CivilDate
      if year >= 2007 {
        first = .sunday(2, ofMonth: 3, year: year)
        last = .sunday(1, ofMonth: 11, year: year)
      } else {
        first = year >= 1987 ? .sunday(1, ofMonth: 4, year: year) : .lastSunday(ofMonth: 4, year: year)
        last = .lastSunday(ofMonth: 10, year: year)
      }
      let twoOClock = 7200 - standardOffset
      return TimeSpan(
        from: UTCTimestamp(seconds: first.daysSinceEpoch * 86_400 + twoOClock),
        to: UTCTimestamp(seconds: last.daysSinceEpoch * 86_400 + twoOClock - 3600))
    case .europe:
      return TimeSpan(
        from: CivilDate.lastSunday(ofMonth: 3, year: year).startUTC + .seconds(3600),
        to: CivilDate.lastSunday(ofMonth: 10, year: year).startUTC + .seconds(3600))
    }
  }
}

extension CivilDate {
  /// The first, second … Sunday of a month.
  fileprivate static func sunday(_ number: Int, ofMonth month: Int, year: Int) -> CivilDate {
    let first = CivilDate(year: year, month: month, day: 1)
    return first.advanced(byDays: (6 - first.weekday.rawValue) + 7 * (number - 1))
  }

  /// The last Sunday of a month.
  fileprivate static func lastSunday(ofMonth month: Int, year: Int) -> CivilDate {
    let last = CivilDate(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
      .advanced(byDays: -1)
    return last.advanced(byDays: -((last.weekday.rawValue + 1) % 7))
  }
}
