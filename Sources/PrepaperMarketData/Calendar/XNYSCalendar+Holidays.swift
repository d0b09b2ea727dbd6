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
