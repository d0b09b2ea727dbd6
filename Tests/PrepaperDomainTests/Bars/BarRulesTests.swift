import PrepaperDomain
import Testing

@Suite struct BarRulesTests {
  @Test func `a series of sound bars breaks no rule`() throws {
    var rules = BarRules(timeframe: .m5)

    for text in ["2013-10-04T13:30:00Z", "2013-10-04T13:35:00Z", "2013-10-04T13:45:00Z", "2013-10-07T13:30:00Z"] {
      #expect(rules.check(try bar(at: text)) == nil)
    }
  }

  @Test(arguments: [
    // open, high, low, close, volume, in the words of the first rule that is broken
    ([Double.nan, 12, 9, 11, 1], "a number that is not finite"),
    ([10, Double.infinity, 9, 11, 1], "a number that is not finite"),
    ([10, 12, -Double.infinity, 11, 1], "a number that is not finite"),
    ([10, 12, 9, Double.nan, 1], "a number that is not finite"),
    ([10, 12, 9, 11, Double.infinity], "a number that is not finite"),
    ([0, 12, 9, 11, 1], "a price of zero or less"),
    ([10, -12, 9, 11, 1], "a price of zero or less"),
    ([10, 12, 0, 11, 1], "a price of zero or less"),
    ([10, 12, 9, -0.0, 1], "a price of zero or less"),
    ([10, 10.5, 9, 11, 1], "high 10.5 is below open or close"),
    ([11, 10.5, 9, 10, 1], "high 10.5 is below open or close"),
    ([10, 12, 10.25, 11, 1], "low 10.25 is above open or close"),
    ([11, 12, 10.25, 10, 1], "low 10.25 is above open or close"),
    ([10, 12, 9, 11, -1], "volume -1.0 is below zero"),
  ])
  func `numbers that cannot be a bar's are named`(numbers: [Double], rule: String) throws {
    var rules = BarRules(timeframe: .m5)

    let broken = rules.check(try bar(at: "2013-10-04T13:30:00Z", numbers))

    #expect(broken == rule)
  }

  @Test(arguments: [
    [10, 10, 10, 10, 0], [10, 11, 10, 11, 1], [11, 11, 10, 10, 0.5], [1e-9, 1e-9, 1e-9, 1e-9, -0.0],
  ])
  func `a bar may touch its limits`(numbers: [Double]) throws {
    var rules = BarRules(timeframe: .m5)

    #expect(rules.check(try bar(at: "2013-10-04T13:30:00Z", numbers)) == nil)
  }

  @Test(arguments: [
    (Timeframe.m1, "2013-10-04T13:31:00Z", true), (.m1, "2013-10-04T13:31:01Z", false),
    (.m1, "2013-10-04T13:31:00.000001Z", false), (.m5, "2013-10-04T13:35:00Z", true),
    (.m5, "2013-10-04T13:31:00Z", false), (.m15, "2013-10-04T13:45:00Z", true),
    (.m15, "2013-10-04T13:35:00Z", false), (.m30, "2013-10-04T13:30:00Z", true),
    (.m30, "2013-10-04T13:45:00Z", false), (.h1, "2013-10-04T13:30:00Z", true), (.h1, "2013-10-04T14:00:00Z", true),
    (.h1, "2013-10-04T13:45:00Z", false), (.d1, "2013-10-04T00:00:00Z", true), (.d1, "2013-10-04T04:00:00Z", false),
    (.m5, "1969-12-31T23:55:00Z", true), (.m5, "1969-12-31T23:56:00Z", false),
  ])
  func `a bar opens on the grid of its timeframe`(timeframe: Timeframe, text: String, isAligned: Bool) throws {
    var rules = BarRules(timeframe: timeframe)

    let broken = rules.check(try bar(at: text))

    #expect(broken == (isAligned ? nil : "time \(try instant(text)) is not aligned to \(timeframe.rawValue)"))
  }

  @Test(arguments: [
    ("2013-10-04T13:35:00Z", "time 2013-10-04T13:35:00Z stands twice"),
    ("2013-10-04T13:30:00Z", "time 2013-10-04T13:30:00Z is before the bar ahead of it, 2013-10-04T13:35:00Z"),
  ])
  func `bars ascend, each once`(second: String, rule: String) throws {
    // Given a bar that was sound
    var rules = BarRules(timeframe: .m5)
    try #require(rules.check(try bar(at: "2013-10-04T13:35:00Z")) == nil)

    // When one follows that does not lie after it
    let broken = rules.check(try bar(at: second))

    // Then its time is named, and the next one is still held against the sound bar
    #expect(broken == rule)
    #expect(rules.check(try bar(at: "2013-10-04T13:40:00Z")) == nil)
  }

  private func bar(at text: String, _ numbers: [Double] = [10, 12, 9, 11, 100]) throws -> Bar {
    try #require(numbers.count == 5)
    return Bar(
      time: try instant(text), open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3],
      volume: numbers[4])
  }
}
