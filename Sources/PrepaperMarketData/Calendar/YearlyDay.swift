import PrepaperDomain

/// A day that a rule finds in each year anew: the third Monday of January, two days before Easter.
struct YearlyDay: Sendable {
  /// How the day is found.
  enum Rule: Sendable {
    case date(month: Int, day: Int, observed: Observance = .asItFalls)
    /// The first, second … such weekday of the month, or a day some days after it.
    case weekday(Weekday, number: Int, month: Int, daysAfter: Int = 0)
    case lastWeekday(Weekday, month: Int)
    /// Days after Easter Sunday, negative for days before it.
    case easter(daysAfter: Int)
  }

  /// What becomes of a date that falls on a weekend.
  enum Observance: Sendable {
    /// It stays where it is.
    case asItFalls
    /// A Sunday is kept on the Monday after it; a Saturday is not kept on any other day.
    case sundayToMonday
    /// A Saturday is kept on the Friday before it and a Sunday on the Monday after it.
    case nearestWeekday
  }

  private let rule: Rule
  private let weekdays: [Weekday]
  private let firstYear: Int
  private let lastYear: Int

  /// A day that counts only on these weekdays and in these years; without them always.
  init(
    _ rule: Rule, on weekdays: [Weekday] = Weekday.allCases, since firstYear: Int = .min, through lastYear: Int = .max
  ) {
    self.rule = rule
    self.weekdays = weekdays
    self.firstYear = firstYear
    self.lastYear = lastYear
  }

  /// The day in that year, or nil where the rule does not hold in it.
  func date(in year: Int) -> CivilDate? {
    guard firstYear <= year, year <= lastYear else { return nil }
    let date = rule.date(in: year)
    return weekdays.contains(date.weekday) ? date : nil
  }
}

extension YearlyDay.Rule {
  fileprivate func date(in year: Int) -> CivilDate {
    switch self {
    case .date(let month, let day, let observance):
      return observance.kept(CivilDate(year: year, month: month, day: day))
    case .weekday(let weekday, let number, let month, let daysAfter):
      let first = CivilDate(year: year, month: month, day: 1).following(weekday)
      return first.advanced(byDays: 7 * (number - 1) + daysAfter)
    case .lastWeekday(let weekday, let month):
      let monthAfter = CivilDate(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
      return monthAfter.following(weekday).advanced(byDays: -7)
    case .easter(let daysAfter):
      return CivilDate.easterSunday(of: year).advanced(byDays: daysAfter)
    }
  }
}

extension YearlyDay.Observance {
  fileprivate func kept(_ date: CivilDate) -> CivilDate {
    switch (self, date.weekday) {
    case (.sundayToMonday, .sunday), (.nearestWeekday, .sunday): date.advanced(byDays: 1)
    case (.nearestWeekday, .saturday): date.advanced(byDays: -1)
    default: date
    }
  }
}

extension CivilDate {
  /// The first such weekday on this date or after it.
  fileprivate func following(_ weekday: Weekday) -> CivilDate {
    advanced(byDays: (weekday.rawValue - self.weekday.rawValue + 7) % 7)
  }

  /// Easter Sunday of the Western churches, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 8).
  fileprivate static func easterSunday(of year: Int) -> CivilDate {
    let golden = year % 19
    let century = year / 100
    let yearOfCentury = year % 100
    let moonCorrection = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - moonCorrection + 15) % 30
    let toSunday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
    let lateMoon = (golden + 11 * epact + 22 * toSunday) / 451
    let sum = epact + toSunday - 7 * lateMoon + 114
    return CivilDate(year: year, month: sum / 31, day: sum % 31 + 1)
  }
}
