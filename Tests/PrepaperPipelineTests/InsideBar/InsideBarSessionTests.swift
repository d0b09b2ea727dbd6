import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarSessionTests {
  @Test func `the first pattern of a window makes its only trade`() throws {
    var pattern = try SamplePattern()
    for time in ["09:40", "10:00", "10:30", "14:10", "14:20"] { try pattern.put(at: time) }

    let result = try pattern.evaluate(["session_filter": windows("09:30-11:00", "14:00-15:00")])

    #expect(result.signals.map(\.time.rfc3339) == pairs("13:50", "18:20"))
    #expect(result.rejects.isEmpty)
  }

  @Test func `a pattern that is refused leaves the window to the next one`() throws {
    // Given a mother with little body, then a sound one
    var pattern = try SamplePattern()
    try pattern.put((104, 110, 100, 105), (104, 105, 104, 105), at: "09:40")
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate(["min_mother_body_fraction": .double(0.5)])

    #expect(result.signals.map(\.time.rfc3339) == pairs("14:10"))
    #expect(result.rejects.map(\.reason) == ["mother_body_fraction"])
  }

  @Test func `a mother before the window leaves it to the next pattern`() throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "09:55")
    try pattern.put(at: "10:20")

    let result = try pattern.evaluate(["session_filter": windows("10:00-11:00")])

    #expect(result.signals.map(\.time.rfc3339) == pairs("14:30"))
    #expect(
      try result.rejects == [reject("14:00", "mother_outside_session", mother: "13:55")])
  }

  @Test func `a mother in another window is outside`() throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "09:55")

    let result = try pattern.evaluate(["session_filter": windows("09:30-10:00", "10:00-11:00")])

    #expect(result.signals.isEmpty)
    #expect(try result.rejects == [reject("14:00", "mother_outside_session", mother: "13:55")])
  }

  @Test func `a mother that is not the bar just before is outside`() throws {
    // Given a mother at 10:00, no bar at 10:05, and one inside her at 10:10
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")
    try pattern.put(SamplePattern.inside, SamplePattern.inside, at: "10:05")
    try pattern.remove(at: "10:05")

    let result = try pattern.evaluate()

    #expect(result.signals.isEmpty)
    #expect(try result.rejects == [reject("14:10", "mother_outside_session", mother: "14:00")])
  }

  @Test(arguments: [("09:30-10:10", false), ("09:30-10:11", true), ("09:30-10:05", false), ("10:00-10:30", true)])
  func `a window has its start and not its end`(window: String, has: Bool) throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate(["session_filter": windows(window)])

    #expect(result.signals.count == (has ? 2 : 0))
  }

  @Test(
    arguments: [
      (["session_filter": .array([.string("09:30-10:10")])], ["signal_at_window_end"]),
      (["session_filter": .array([.string("09:30-10:05")])], []),
      (["session_filter": .array([.string("09:30-10:15")])], []),
      // Orders that begin where the window ends would never be valid.
      (
        ["session_filter": .array([.string("09:30-10:15")]), "valid_from_policy": .string("next_bar")],
        ["signal_at_window_end"]
      ),
    ] as [([String: JSONValue], [String])])
  func `a decision at the window's end is too late`(parameters: [String: JSONValue], reasons: [String]) throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate(parameters)

    #expect(try result.rejects == reasons.map { try reject("14:05", $0, mother: "14:00") })
    #expect(result.signals.isEmpty || result.rejects.isEmpty)
  }

  @Test func `orders that are refused use up the window`() throws {
    // Given a pattern without risk, then a sound one
    var pattern = try SamplePattern()
    try pattern.put((105, 105, 105, 105), (105, 105, 105, 105), at: "09:40")
    try pattern.put(at: "10:00")

    let result = try pattern.evaluate()

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == ["non_positive_risk"])
  }

  @Test(arguments: [
    // Clocks go forward at 7:00Z on the one day, back at 6:00Z on the other.
    ("2025-03-09", "00:00-06:00", "2025-03-09T06:00:00Z", "2025-03-09T10:00:00Z"),
    ("2025-03-09", "00:00-06:00", "2025-03-09T08:00:00Z", "2025-03-09T10:00:00Z"),
    ("2025-03-09", "01:00-02:30", "2025-03-09T06:30:00Z", "2025-03-09T07:00:00Z"),
    ("2025-11-02", "00:00-06:00", "2025-11-02T05:00:00Z", "2025-11-02T11:00:00Z"),
    ("2025-11-02", "00:00-06:00", "2025-11-02T08:00:00Z", "2025-11-02T11:00:00Z"),
    ("2025-11-02", "00:00-01:30", "2025-11-02T06:20:00Z", "2025-11-02T06:30:00Z"),
    ("2025-11-02", "00:00-01:00", "2025-11-02T04:50:00Z", "2025-11-02T05:00:00Z"),
    ("2025-11-02", "00:00-24:00", "2025-11-02T12:00:00Z", "2025-11-03T05:00:00Z"),
  ])
  func `a window in which clocks are changed ends by its own local time`(
    day: String, window: String, inside: String, end: String
  ) throws {
    // Given a market that never closes, and a pattern before or after the change
    let midnight = try instant("\(day)T00:00:00Z")
    let session = Session(
      day: midnight.utcDate, hours: TimeSpan(from: midnight, to: midnight + .seconds(86_400)))
    let opens = try instant(inside) - .seconds(300)
    var bars = session.bars(every: 5)
    let place = try #require(bars.firstIndex { $0.time == opens })
    let (mother, range) = (bars[place - 1], bars[place - 1].high - bars[place - 1].low)
    bars[place] = Bar(
      time: opens, open: mother.low + range * 0.4, high: mother.low + range * 0.7, low: mother.low + range * 0.3,
      close: mother.low + range * 0.6, volume: 1)
    let strategy = try BuiltInStrategies.make(
      key: "insidebar_intraday",
      parameters: SamplePattern.lenient.merging(["session_filter": windows(window)]) { $1 }, timeframe: .m5)

    let signals = try SampleBars(BarSeries(.m5, bars), sessions: [session]).evaluate(strategy).signals

    #expect(try signals.map(\.time) == [instant(inside), instant(inside)])
    #expect(try signals.allSatisfy { try $0.validity?.to == instant(end) })
  }

  @Test func `each day has its windows, on either side of a clock change`() throws {
    // Given a pattern at 10:00 in New York on the Friday before and the Monday after
    let sessions = [
      try Session.on("2025-03-07", from: "14:30", to: "21:00"), try Session.on("2025-03-10"),
    ]
    let bars = sessions.flatMap { session in
      session.bars(every: 5).enumerated().map { place, bar in
        let inside = Bar(time: bar.time, open: 1006.2, high: 1006.5, low: 1006, close: 1006.4, volume: 1)
        return place == 7 ? inside : bar
      }
    }
    let strategy = try BuiltInStrategies.make(
      key: "insidebar_intraday",
      parameters: SamplePattern.lenient.merging(["session_filter": windows("10:00-10:30")]) { $1 }, timeframe: .m5)

    let signals = try SampleBars(BarSeries(.m5, bars), sessions: sessions).evaluate(strategy).signals

    #expect(
      signals.map(\.time.rfc3339) == [
        "2025-03-07T15:10:00Z", "2025-03-07T15:10:00Z", "2025-03-10T14:10:00Z", "2025-03-10T14:10:00Z",
      ])
    #expect(try signals.last?.validity?.to == instant("2025-03-10T14:30:00Z"))
  }

  @Test(arguments: [
    ("Europe/Berlin", "16:00-16:30", "14:30"), ("Europe/London", "15:00-15:30", "14:30"),
    ("America/Chicago", "09:00-09:30", "14:30"), ("UTC", "14:00-14:30", "14:30"), ("UTC", "00:00-24:00", "24:00"),
  ])
  func `windows are local times of their own zone`(zone: String, window: String, end: String) throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let signals = try pattern.evaluate(["session_timezone": .string(zone), "session_filter": windows(window)]).signals

    #expect(signals.count == 2)
    let to = end == "24:00" ? "2013-10-05T00:00:00Z" : "2013-10-04T\(end):00Z"
    #expect(try signals.first?.validity?.to == instant(to))
  }

  private func windows(_ texts: String...) -> JSONValue {
    .array(texts.map(JSONValue.string))
  }

  /// Decision times on the sample's day, each twice: a buy and a sell.
  private func pairs(_ times: String...) -> [String] {
    times.flatMap { ["2013-10-04T\($0):00Z", "2013-10-04T\($0):00Z"] }
  }

  private func reject(_ time: String, _ reason: String, mother: String) throws -> Reject {
    Reject(
      time: try instant("2013-10-04T\(time)Z"), symbol: try #require(Symbol("SPY")), reason: reason,
      numbers: ["mother_ts": .string("2013-10-04T\(mother):00Z")])
  }
}
