import PrepaperDomain

extension XNYSCalendar {
  /// The holidays that close the exchange for a day in every year (NYSE Rule 7.2).
  static let yearlyHolidays: [YearlyDay] = [
    // New Year's Day. On a Saturday nothing is closed for it, for the Friday before ends a month and a year.
    YearlyDay(.date(month: 1, day: 1, observed: .sundayToMonday)),
    // Martin Luther King Jr. Day, which the exchange keeps since 1998.
    YearlyDay(.weekday(.monday, number: 3, month: 1), since: 1998),
    // Washington's Birthday, also called Presidents' Day.
    YearlyDay(.weekday(.monday, number: 3, month: 2)),
    // Good Friday.
    YearlyDay(.easter(daysAfter: -2)),
    // Memorial Day.
    YearlyDay(.lastWeekday(.monday, month: 5)),
    // Juneteenth, a federal holiday since June 2021, which the exchange keeps since 2022.
    YearlyDay(.date(month: 6, day: 19, observed: .nearestWeekday), since: 2022),
    // Independence Day.
    YearlyDay(.date(month: 7, day: 4, observed: .nearestWeekday)),
    // Labor Day.
    YearlyDay(.weekday(.monday, number: 1, month: 9)),
    // Thanksgiving.
    YearlyDay(.weekday(.thursday, number: 4, month: 11)),
    // Christmas.
    YearlyDay(.date(month: 12, day: 25, observed: .nearestWeekday)),
  ]

  /// The days that end at 13:00 in every year.
  static let yearlyHalfDays: [YearlyDay] = [
    // The day before Independence Day since 1995. A Wednesday is a half day only since 2013: until then the Friday
    // after a Thursday holiday was one in its place.
    YearlyDay(.date(month: 7, day: 3), on: [.monday, .tuesday, .thursday], since: 1995),
    YearlyDay(.date(month: 7, day: 3), on: [.wednesday], since: 2013),
    YearlyDay(.date(month: 7, day: 5), on: [.friday], since: 1995, through: 2012),
    // The day after Thanksgiving.
    YearlyDay(.weekday(.thursday, number: 4, month: 11, daysAfter: 1)),
    // Christmas Eve; a Friday is Christmas itself as it is observed.
    YearlyDay(.date(month: 12, day: 24), on: [.monday, .tuesday, .wednesday, .thursday]),
  ]
}

extension XNYSCalendar {
  /// The days that were closed for a reason of their own.
  static let singleClosures: [CivilDate] = [
    CivilDate(year: 1994, month: 4, day: 27),  // day of mourning for Richard Nixon
    CivilDate(year: 2001, month: 9, day: 11),  // attacks of 11 September
    CivilDate(year: 2001, month: 9, day: 12),  // attacks of 11 September
    CivilDate(year: 2001, month: 9, day: 13),  // attacks of 11 September
    CivilDate(year: 2001, month: 9, day: 14),  // attacks of 11 September
    CivilDate(year: 2004, month: 6, day: 11),  // day of mourning for Ronald Reagan
    CivilDate(year: 2007, month: 1, day: 2),  // day of mourning for Gerald Ford
    CivilDate(year: 2012, month: 10, day: 29),  // hurricane Sandy
    CivilDate(year: 2012, month: 10, day: 30),  // hurricane Sandy
    CivilDate(year: 2018, month: 12, day: 5),  // day of mourning for George H. W. Bush
    CivilDate(year: 2025, month: 1, day: 9),  // day of mourning for Jimmy Carter
  ]

  /// The days that ended at 13:00 once, as announced for that year.
  static let singleHalfDays: [CivilDate] = [
    CivilDate(year: 1997, month: 12, day: 26),  // Friday after Christmas
    CivilDate(year: 1999, month: 12, day: 31),  // last day before the year 2000
    CivilDate(year: 2003, month: 12, day: 26),  // Friday after Christmas
  ]
}
