import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarOrderTests {
  @Test func `orders stand at the mother's high and low`() throws {
    // Given a mother from 100 to 110 at 10:00
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let signals = try pattern.evaluate().signals

    // Then it is bought above and sold below, each with the other end as stop and twice the risk as target
    let decision = try instant("2013-10-04T14:10:00Z")
    let validity = TimeSpan(from: decision, to: try instant("2013-10-04T15:00:00Z"))
    let evidence: [String: JSONValue] = [
      "mother_ts": .string("2013-10-04T14:00:00Z"), "inside_ts": .string("2013-10-04T14:05:00Z"),
      "mother_high": .double(110), "mother_low": .double(100), "atr": .double(154),
    ]
    let symbol = try #require(Symbol("SPY"))
    #expect(
      signals == [
        Signal(
          time: decision, symbol: symbol, side: .buy, entryPrice: 110, stopPrice: 100, takeProfitPrice: 130,
          orderType: "STOP", validity: validity, ocoGroup: "ib_SPY_20131004_141000",
          templateID: "ib_SPY_20131004_141000_BUY", evidence: evidence),
        Signal(
          time: decision, symbol: symbol, side: .sell, entryPrice: 100, stopPrice: 110, takeProfitPrice: 80,
          orderType: "STOP", validity: validity, ocoGroup: "ib_SPY_20131004_141000",
          templateID: "ib_SPY_20131004_141000_SELL", evidence: evidence),
      ])
  }

  @Test(
    arguments: [
      // entry, stop and target of the buy, then of the sell
      (["entry_level_mode": .string("inside_bar")], [107, 100, 121, 103, 110, 89]),
      (["risk_reward_ratio": .double(1.5)], [110, 100, 125, 100, 110, 85]),
      (["stop_distance_cap_ticks": .integer(40)], [110, 109.6, 110.8, 100, 100.4, 99.2]),
      (["stop_distance_cap_ticks": .integer(4), "tick_size": .double(0.5)], [110, 108, 114, 100, 102, 96]),
      (["stop_distance_cap_ticks": .integer(10), "tick_size": .integer(1)], [110, 100, 130, 100, 110, 80]),
      (
        [
          "stop_distance_cap_ticks": .integer(20), "tick_size": .double(0.25),
          "entry_level_mode": .string("inside_bar"),
        ],
        [107, 102, 117, 103, 108, 93]
      ),
    ] as [([String: JSONValue], [Double])])
  func `levels, ratio and cap make the prices`(parameters: [String: JSONValue], prices: [Double]) throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let signals = try pattern.evaluate(parameters).signals

    let found = try signals.flatMap {
      [$0.entryPrice, try #require($0.stopPrice), try #require($0.takeProfitPrice)]
    }
    try #require(found.count == prices.count)
    for (price, expected) in zip(found, prices) {
      #expect(abs(price - expected) < 1e-9)
    }
  }

  @Test func `the cap counts for each side by itself`() throws {
    // Given an inside bar near the mother's low: buying risks 3, selling 9
    var pattern = try SamplePattern()
    try pattern.put(SamplePattern.mother, (102, 103, 101, 102.5), at: "10:00")

    let signals = try pattern.evaluate([
      "entry_level_mode": .string("inside_bar"), "stop_distance_cap_ticks": .integer(5), "tick_size": .integer(1),
    ]).signals

    // Then only the sell's stop is brought nearer
    #expect(signals.map(\.entryPrice) == [103, 101])
    #expect(signals.map(\.stopPrice) == [100, 106])
    #expect(signals.map(\.takeProfitPrice) == [109, 91])
  }

  @Test(
    arguments: [
      ([:], "14:10", "15:00"), (["order_validity_policy": .string("one_bar")], "14:10", "14:15"),
      (["order_validity_policy": .string("fixed_minutes")], "14:10", "15:00"),
      (["order_validity_policy": .string("fixed_minutes"), "order_validity_minutes": .integer(20)], "14:10", "14:30"),
      (["order_validity_policy": .string("fixed_minutes"), "order_validity_minutes": .integer(50)], "14:10", "15:00"),
      (["order_validity_policy": .string("fixed_minutes"), "order_validity_minutes": .integer(51)], "14:10", "15:00"),
      (["valid_from_policy": .string("next_bar")], "14:15", "15:00"),
      (["valid_from_policy": .string("next_bar"), "order_validity_policy": .string("one_bar")], "14:15", "14:20"),
      (
        [
          "valid_from_policy": .string("next_bar"), "order_validity_policy": .string("fixed_minutes"),
          "order_validity_minutes": .integer(20),
        ], "14:15", "14:35"
      ),
    ] as [([String: JSONValue], String, String)])
  func `orders are valid from and to`(parameters: [String: JSONValue], from: String, to: String) throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let signals = try pattern.evaluate(parameters).signals

    let validity = TimeSpan(from: try instant("2013-10-04T\(from)Z"), to: try instant("2013-10-04T\(to)Z"))
    #expect(signals.map(\.validity) == [validity, validity])
    #expect(try signals.map(\.time) == Array(repeating: instant("2013-10-04T14:10:00Z"), count: 2))
  }

  @Test func `one bar is cut at the window's end`() throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    let signals = try pattern.evaluate([
      "order_validity_policy": .string("one_bar"), "session_filter": .array([.string("09:30-10:12")]),
    ]).signals

    #expect(try signals.first?.validity?.to == instant("2013-10-04T14:12:00Z"))
  }
}
