/// A time zone as rules, so that a run's local times do not depend on the machine's zone files.
///
/// The rules hold for the years in which prepaper has calendars, 1993 to 2030; before, for New York alone.
package struct MarketTimeZone: Hashable, Sendable {
  /// When clocks are put forward by an hour.
  enum DaylightRule: Hashable, Sendable {
    case none
    /// From 2007 second Sunday of March to first Sunday of November, before it first (until 1986 last) Sunday of
    /// April to last Sunday of October, each at 2:00 local time.
    case unitedStates
    /// Last Sunday of March to last Sunday of October, until 1995 of September, each at 1:00 UTC.
    case europe
    /// The same, but until 1995 to the fourth Sunday of October.
    case unitedKingdom
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
  ///
  /// None is taken from the machine: its database changes, and a run would come out otherwise.
  package static let known: [MarketTimeZone] =
    [newYork] + zones(.unitedStates, ["America/Chicago": -6, "America/Denver": -7, "America/Los_Angeles": -8])
    + zones(.unitedStates, ["America/Toronto": -5, "America/Halifax": -4])
    + zones(.unitedKingdom, ["Europe/London": 0, "Europe/Dublin": 0])
    + zones(
      .europe,
      [
        "Europe/Berlin": 1, "Europe/Amsterdam": 1, "Europe/Brussels": 1, "Europe/Copenhagen": 1, "Europe/Madrid": 1,
        "Europe/Oslo": 1, "Europe/Paris": 1, "Europe/Prague": 1, "Europe/Rome": 1, "Europe/Stockholm": 1,
        "Europe/Vienna": 1, "Europe/Warsaw": 1, "Europe/Zurich": 1, "Europe/Athens": 2, "Europe/Helsinki": 2,
      ])
    + zones(
      .none,
      [
        "Asia/Dubai": 4, "Asia/Hong_Kong": 8, "Asia/Seoul": 9, "Asia/Shanghai": 8, "Asia/Singapore": 8,
        "Asia/Taipei": 8, "Asia/Tokyo": 9,
      ])
    + [MarketTimeZone(name: "Asia/Kolkata", standardOffset: 19_800, rule: .none), utc]

  private static func zones(
    _ rule: DaylightRule, _ hours: KeyValuePairs<String, Int64>
  ) -> [MarketTimeZone] {
    hours.map { MarketTimeZone(name: $0.key, standardOffset: $0.value * 3600, rule: rule) }
  }

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

  /// The instant at which a local time is over for that day, given in seconds after midnight.
  ///
  /// Of a time that an autumn change repeats the second is meant. A time that a spring change skips is over when the
  /// clocks are changed.
  package func lastInstant(of day: CivilDate, secondOfDay: Int64) -> UTCTimestamp {
    let local = day.daysSinceEpoch * 86_400 + secondOfDay
    let asStandard = UTCTimestamp(seconds: local - standardOffset)
    // Of the hour that comes twice the first instant is none of its end: it was over an hour before.
    if offset(at: asStandard - .microseconds(1)) == standardOffset, offset(at: asStandard) == standardOffset {
      return asStandard
    }
    let asSummer = UTCTimestamp(seconds: local - standardOffset - 3600)
    let (span, offset) = offsetSpan(at: asSummer)
    return offset == standardOffset ? span.to : asSummer
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
    case .europe, .unitedKingdom:
      let last: CivilDate =
        if year >= 1996 {
          .lastSunday(ofMonth: 10, year: year)
        } else if rule == .europe {
          .lastSunday(ofMonth: 9, year: year)
        } else {
          .sunday(4, ofMonth: 10, year: year)
        }
      return TimeSpan(
        from: CivilDate.lastSunday(ofMonth: 3, year: year).startUTC + .seconds(3600),
        to: last.startUTC + .seconds(3600))
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
