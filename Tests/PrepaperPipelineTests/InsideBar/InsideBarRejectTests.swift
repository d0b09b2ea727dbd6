import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarRejectTests {
  @Test func `a mother that is small beside the average is too small`() throws {
    // Given a mother of 10 after a gap, whose true range is 154
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate(["min_mother_bar_size": .double(0.5)])

    #expect(result.signals.isEmpty)
    #expect(
      try result.rejects == [
        reject("mother_too_small", ["mother_range": .double(10), "atr": .double(154), "wanted": .double(77)])
      ])
  }

  @Test(arguments: [(0.1, 2), (0.100001, 0)])
  func `a mother of just the size is large enough`(size: Double, signals: Int) throws {
    // Given a mother of 16 whose true range is 160
    var pattern = try SamplePattern()
    try pattern.put((102, 110, 94, 108), SamplePattern.inside, at: "10:00")

    #expect(try pattern.evaluate(["min_mother_bar_size": .double(size)]).signals.count == signals)
  }

  @Test func `without an average there is no size, and only a filter that is off lets pass`() throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let filtered = try pattern.evaluate(["min_mother_bar_size": .double(0.001), "atr_period": .integer(30)])
    let unfiltered = try pattern.evaluate(["min_mother_bar_size": .integer(0), "atr_period": .integer(30)])

    #expect(
      try filtered.rejects == [
        reject("mother_too_small", ["mother_range": .double(10), "atr": .null, "wanted": .null])
      ])
    #expect(unfiltered.signals.map { $0.evidence["atr"] } == [.null, .null])
  }

  @Test func `a mother with little body is refused`() throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate(["min_mother_body_fraction": .double(0.625)])

    #expect(result.signals.isEmpty)
    #expect(
      try result.rejects == [reject("mother_body_fraction", ["fraction": .double(0.6), "wanted": .double(0.625)])])
    #expect(try pattern.evaluate(["min_mother_body_fraction": .double(0.6)]).signals.count == 2)
  }

  @Test func `an inside bar with little body is refused`() throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate(["min_inside_body_fraction": .double(0.875)])

    #expect(result.signals.isEmpty)
    #expect(
      try result.rejects == [reject("inside_body_fraction", ["fraction": .double(0.75), "wanted": .double(0.875)])])
    #expect(try pattern.evaluate(["min_inside_body_fraction": .double(0.75)]).signals.count == 2)
  }

  @Test func `a bar without a range has no body`() throws {
    var pattern = try SamplePattern()
    try pattern.put(SamplePattern.mother, (105, 105, 105, 105), at: "10:00")

    let result = try pattern.evaluate(["min_inside_body_fraction": .double(0.01)])

    #expect(try result.rejects == [reject("inside_body_fraction", ["fraction": .double(0), "wanted": .double(0.01)])])
  }

  @Test func `the rules are asked in their order`() throws {
    // Given a pattern that fails all of them
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")
    var parameters: [String: JSONValue] = [
      "min_mother_bar_size": .integer(1), "min_mother_body_fraction": .integer(1),
      "min_inside_body_fraction": .integer(1), "session_filter": .array([.string("10:05-10:10")]),
    ]
    var reasons: [[String]] = []

    // When one after the other is switched off
    for name in ["min_mother_bar_size", "min_mother_body_fraction", "min_inside_body_fraction"] {
      reasons.append(try pattern.evaluate(parameters).rejects.map(\.reason))
      parameters[name] = .integer(0)
    }
    reasons.append(try pattern.evaluate(parameters).rejects.map(\.reason))

    // Then the next one is named
    #expect(
      reasons == [["mother_too_small"], ["mother_body_fraction"], ["inside_body_fraction"], ["mother_outside_session"]])
  }

  @Test func `orders without risk are refused, both of them`() throws {
    // Given an inside bar whose high is the mother's low: buying there risks nothing
    var pattern = try SamplePattern()
    try pattern.put(SamplePattern.mother, (99, 100, 95, 100), at: "10:00")

    let result = try pattern.evaluate([
      "inside_bar_definition_mode": .string("mb_high__ib_high_and_close_in_mb_range"),
      "entry_level_mode": .string("inside_bar"),
    ])

    #expect(result.signals.isEmpty)
    #expect(
      try result.rejects == [reject("non_positive_risk", ["risk_long": .double(0), "risk_short": .double(15)])])
  }

  @Test func `a mother without a range has no risk`() throws {
    var pattern = try SamplePattern()
    try pattern.put((105, 105, 105, 105), (105, 105, 105, 105), at: "10:00")

    let result = try pattern.evaluate()

    #expect(
      try result.rejects == [reject("non_positive_risk", ["risk_long": .double(0), "risk_short": .double(0)])])
  }

  /// The reject of the pattern at 10:00 in New York.
  private func reject(_ reason: String, _ numbers: [String: JSONValue]) throws -> Reject {
    Reject(
      time: try instant("2013-10-04T14:05:00Z"), symbol: try #require(Symbol("SPY")), reason: reason,
      numbers: numbers.merging(["mother_ts": .string("2013-10-04T14:00:00Z")]) { $1 })
  }
}
