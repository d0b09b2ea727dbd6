import PrepaperDomain
import Testing

@Suite struct TimeframeTests {
  @Test(arguments: [
    (Timeframe.m1, ["M1", "m1", "1m", "1M", "1min"]),
    (.m5, ["M5", "m5", "5m", "5min", "5MIN"]),
    (.m15, ["M15", "15m", "15min"]),
    (.m30, ["M30", "30m", "30min"]),
    (.h1, ["H1", "h1", "1h", "1H", "M60", "60m", "60min"]),
    (.d1, ["D1", "d1", "1d", "1D"]),
  ])
  func `a timeframe has several spellings`(timeframe: Timeframe, texts: [String]) {
    for text in texts {
      #expect(Timeframe(parsing: text) == timeframe)
    }
  }

  @Test(arguments: ["", " M5", "M5 ", "5", "M", "M2", "M10", "05m", "5 m", "5minutes", "H4", "W1", "1w", "-5m", "５m"])
  func `no other length is known`(text: String) {
    #expect(Timeframe(parsing: text) == nil)
  }

  @Test func `what is shown reads back`() {
    for timeframe in Timeframe.allCases {
      #expect(Timeframe(parsing: timeframe.rawValue) == timeframe)
    }
  }

  @Test func `lengths agree with each other`() {
    #expect(Timeframe.allCases.map(\.minutes) == [1, 5, 15, 30, 60, 1440])
    #expect(Timeframe.allCases.allSatisfy { $0.microseconds == Int64($0.minutes) * 60_000_000 })
    #expect(Timeframe.allCases.allSatisfy { $0.duration == .seconds(60 * $0.minutes) })
  }

  @Test(arguments: [
    (Timeframe.m5, Timeframe.m1, true), (.m15, .m5, true), (.h1, .m30, true), (.m5, .m5, true), (.d1, .h1, true),
    (.m5, .m15, false), (.m1, .m5, false), (.h1, .d1, false),
  ])
  func `longer bars are built from bars that divide them`(timeframe: Timeframe, base: Timeframe, can: Bool) {
    #expect(timeframe.isMultiple(of: base) == can)
  }

  @Test(arguments: [
    (Timeframe.m1, 390, 210), (.m5, 78, 42), (.m15, 26, 14), (.m30, 13, 7), (.h1, 7, 4), (.d1, 1, 1),
  ])
  func `a session has its bars, the last may be cut by the close`(timeframe: Timeframe, full: Int, half: Int) throws {
    let open = try instant("2024-07-03T13:30:00Z")
    let day = try date("2024-07-03")

    let fullDay = Session(day: day, hours: TimeSpan(from: open, to: open + .seconds(390 * 60)))
    let halfDay = Session(day: day, hours: TimeSpan(from: open, to: open + .seconds(210 * 60)))

    #expect(fullDay.barCount(timeframe) == full)
    #expect(halfDay.barCount(timeframe) == half)
    #expect(fullDay.open == open)
    #expect(try halfDay.close == instant("2024-07-03T17:00:00Z"))
  }
}
