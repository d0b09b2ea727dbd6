import PrepaperDomain
import Testing

@Suite struct UTCTimestampTests {
  @Test func `seconds and milliseconds are whole microseconds`() {
    #expect(UTCTimestamp(seconds: -7).microseconds == -7_000_000)
    #expect(UTCTimestamp(milliseconds: 1_735_727_400_001).microseconds == 1_735_727_400_001_000)
  }

  @Test(arguments: [
    (1_999_999, 1, 1999), (1_000_000, 1, 1000), (999_999, 0, 999), (0, 0, 0), (-1, -1, -1), (-1000, -1, -1),
    (-1001, -1, -2), (-1_000_000, -1, -1000), (-1_000_001, -2, -1001),
  ])
  func `larger units are rounded down, before 1970 too`(microseconds: Int64, seconds: Int64, milliseconds: Int64) {
    let instant = UTCTimestamp(microseconds: microseconds)

    #expect(instant.seconds == seconds)
    #expect(instant.milliseconds == milliseconds)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", "1970-01-01"), ("1969-12-31T23:59:59.999999Z", "1969-12-31"),
    ("2024-02-29T23:59:59.999999Z", "2024-02-29"), ("2024-03-01T00:00:00Z", "2024-03-01"),
    ("0000-01-01T00:00:00Z", "0000-01-01"),
  ])
  func `the UTC date begins at midnight UTC`(text: String, day: String) throws {
    #expect(try instant(text).utcDate == date(day))
  }

  @Test func `durations move an instant and are what lies between two`() throws {
    let open = try instant("2013-10-04T13:30:00Z")
    let close = try instant("2013-10-04T20:00:00Z")

    #expect(close - open == .seconds(23_400))
    #expect(open - close == .seconds(-23_400))
    #expect(open + .seconds(23_400) == close)
    #expect(close - .seconds(23_400) == open)
    #expect(open < close)
    #expect(!(close < close))
  }

  @Test(
    arguments: [
      (Duration.nanoseconds(1999), 1), (.nanoseconds(-1999), -1), (.nanoseconds(999), 0), (.nanoseconds(-999), 0),
      (.microseconds(3_000_005), 3_000_005), (.microseconds(-3_000_005), -3_000_005),
    ] as [(Duration, Int64)])
  func `a duration is cut to microseconds, towards zero`(duration: Duration, microseconds: Int64) {
    #expect(duration.microseconds == microseconds)
  }

  @Test(arguments: [(Duration.milliseconds(1500), 1.5), (.milliseconds(-250), -0.25), (.zero, 0)])
  func `a duration is a number of seconds`(duration: Duration, seconds: Double) {
    #expect(duration.inSeconds == seconds)
  }

  @Test(arguments: [(7, 3, 2, 1), (-7, 3, -3, 2), (6, 3, 2, 0), (-6, 3, -2, 0), (-1, 86_400, -1, 86_399), (0, 5, 0, 0)])
  func `division rounds down and leaves no negative rest`(value: Int64, divisor: Int64, quotient: Int64, rest: Int64) {
    #expect(value.flooredDivision(by: divisor) == quotient)
    #expect(value.flooredRemainder(by: divisor) == rest)
  }

  @Test func `a span has its start and not its end`() throws {
    let span = TimeSpan(from: try instant("2013-10-04T13:30:00Z"), to: try instant("2013-10-04T20:00:00Z"))

    #expect(span.contains(span.from))
    #expect(span.contains(span.to - .microseconds(1)))
    #expect(!span.contains(span.to))
    #expect(!span.contains(span.from - .microseconds(1)))
    #expect(!TimeSpan(from: span.from, to: span.from).contains(span.from))
  }
}
