import PrepaperDomain
import Testing

@Suite struct CivilDateTests {
  @Test func `every day of a thousand years is the one after the day before`() throws {
    // Given a calendar that only knows how long its months are
    var (year, month, day) = (1600, 1, 1)
    var date = CivilDate(year: year, month: month, day: day)
    var wrong: [String] = []

    // When it is walked day by day
    while year < 2600 {
      if date.components != (year, month, day) || date != CivilDate(year: year, month: month, day: day) {
        wrong.append("\(year)-\(month)-\(day) is \(date)")
      }
      if CivilDate(iso: date.description) != date { wrong.append("\(date) does not read back") }
      day += 1
      if day > Self.length(ofMonth: month, year: year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      date = date.advanced(byDays: 1)
    }

    // Then no day differs, and there are as many as the Gregorian calendar has
    #expect(wrong.isEmpty)
    #expect(date.daysSinceEpoch - CivilDate(year: 1600, month: 1, day: 1).daysSinceEpoch == 365_243)
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2013-10-04", 15_982), ("2025-01-01", 20_089),
    ("1600-01-01", -135_140), ("0000-01-01", -719_528), ("9999-12-31", 2_932_896),
  ])
  func `days are counted from 1970`(text: String, days: Int64) throws {
    let date = try date(text)

    #expect(date.daysSinceEpoch == days)
    #expect(date == CivilDate(daysSinceEpoch: days))
    #expect(date.description == text)
    #expect(date.startUTC.seconds == days * 86_400)
  }

  @Test(arguments: [1600, 1996, 2000, 2004, 2024, 2400])
  func `a leap year has a 29th of February`(year: Int) throws {
    let leapDay = try date("\(year)-02-29")

    #expect(leapDay.components == (year, 2, 29))
    #expect(leapDay.advanced(byDays: 1) == CivilDate(year: year, month: 3, day: 1))
  }

  @Test(arguments: [
    "1700-02-29", "1900-02-29", "2100-02-29", "2023-02-29", "2024-02-30", "2024-04-31", "2024-06-31", "2024-09-31",
    "2024-11-31", "2024-01-32", "2024-01-00", "2024-00-10", "2024-13-10",
  ])
  func `a day that its month does not have is no date`(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test(arguments: [
    "", "2013-2-4", "20131004", "2013-10-4", "2013-10-004", "13-10-04", "2013/10/04", "2013-10-04T00:00:00Z",
    "2013-10-04 ", " 2013-10-04", "-013-10-04", "+2013-10-04", "2013-10-0a", "２013-10-04", "2013‐10‐04",
  ])
  func `anything but YYYY-MM-DD is no date`(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test(arguments: [
    ("1970-01-01", Weekday.thursday), ("1969-12-31", .wednesday), ("2000-01-01", .saturday), ("2013-10-04", .friday),
    ("1900-01-01", .monday), ("2024-02-29", .thursday), ("2025-03-09", .sunday), ("1883-11-18", .sunday),
    ("2030-12-31", .tuesday),
  ])
  func `a date has its day of the week`(text: String, weekday: Weekday) throws {
    #expect(try date(text).weekday == weekday)
  }

  @Test func `the week ends with two days off`() {
    #expect(Weekday.allCases.map(\.isWeekend) == [false, false, false, false, false, true, true])
  }

  @Test func `a day past the month's end runs into the next month`() {
    #expect(CivilDate(year: 2025, month: 2, day: 30) == CivilDate(year: 2025, month: 3, day: 2))
  }

  @Test func `dates are ordered, and moved by days in both directions`() throws {
    let day = try date("2024-03-01")

    #expect(try day.advanced(byDays: -1) == date("2024-02-29"))
    #expect(try day.advanced(byDays: 366) == date("2025-03-02"))
    #expect(day.advanced(byDays: -1) < day)
    #expect(!(day < day))
    #expect(day.year == 2024)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
