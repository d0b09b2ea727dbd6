import PrepaperDomain

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
