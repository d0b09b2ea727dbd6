import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct OrderTests {
  @Test func `an order without stop and target does not have them`() throws {
    let signal = Signal(
      time: try instant("2025-01-01T10:30:00Z"), symbol: try #require(Symbol("AAPL")), side: .buy, entryPrice: 150)

    let order = Order(signal: signal, strategyKey: "test_strategy", idempotencyKey: "96a0cd9d1aa88cd2")

    #expect(
      order.json
        == .object([
          "ts": .string("2025-01-01T10:30:00+00:00"), "symbol": .string("AAPL"), "side": .string("BUY"),
          "strategy_key": .string("test_strategy"), "entry_price": .double(150),
          "idempotency_key": .string("96a0cd9d1aa88cd2"),
        ]))
  }

  @Test func `an order has what its strategy sets`() throws {
    // Given a signal with everything, its evidence too
    let start = try instant("2025-01-01T10:30:00.25Z")
    let signal = Signal(
      time: start, symbol: try #require(Symbol("AAPL")), side: .sell, entryPrice: 150.25, stopPrice: 151,
      takeProfitPrice: 148.5, orderType: "STOP", validity: TimeSpan(from: start, to: start + .seconds(1800)),
      ocoGroup: "group", templateID: "template", evidence: ["atr": .double(0.5)])

    let order = Order(signal: signal, strategyKey: "k", idempotencyKey: "0123456789abcdef")

    // Then the order has all but the evidence
    #expect(
      order.json
        == .object([
          "ts": .string("2025-01-01T10:30:00.250000+00:00"), "symbol": .string("AAPL"), "side": .string("SELL"),
          "strategy_key": .string("k"), "entry_price": .double(150.25), "sl": .double(151), "tp": .double(148.5),
          "idempotency_key": .string("0123456789abcdef"), "order_type": .string("STOP"),
          "valid_from": .string("2025-01-01T10:30:00.250000+00:00"),
          "valid_to": .string("2025-01-01T11:00:00.250000+00:00"), "oco_group": .string("group"),
          "template_id": .string("template"),
        ]))
  }

  @Test func `an order has what sizing sets, and why it was made`() throws {
    // Given a signal with a reason, and a quantity in whole lots of a tenth
    let signal = Signal(
      time: try instant("2025-01-01T10:30:00Z"), symbol: try #require(Symbol("AAPL")), side: .buy,
      entryPrice: 150.004, stopPrice: 148.006, takeProfitPrice: 154, orderType: "LIMIT", timeInForce: "DAY",
      reason: "pullback")
    let quantity = try #require(ExactDecimal(parsing: "12.3"))

    let sized = signal.sized(quantity: quantity, entryPrice: 150, stopPrice: 148.01, takeProfitPrice: 154)
    let json = Order(signal: sized, strategyKey: "k", idempotencyKey: "0").json

    #expect(json["quantity"] == .double(12.3))
    #expect(json["time_in_force"] == .string("DAY"))
    #expect(json["reason"] == .string("pullback"))
    #expect(json["entry_price"] == .double(150))
    #expect(json["sl"] == .double(148.01))
    #expect(json["tp"] == .double(154))
    #expect(Order(signal: signal, strategyKey: "k", idempotencyKey: "0").json["quantity"] == nil)
  }

  @Test(arguments: [(99.5, nil), (nil, 102.5)] as [(Double?, Double?)])
  func `stop and target are absent each by itself`(stop: Double?, target: Double?) throws {
    let signal = Signal(
      time: try instant("2025-01-01T10:30:00Z"), symbol: try #require(Symbol("AAPL")), side: .buy, entryPrice: 100,
      stopPrice: stop, takeProfitPrice: target)

    let json = Order(signal: signal, strategyKey: "k", idempotencyKey: "0").json

    #expect(json["sl"] == stop.map(JSONValue.double))
    #expect(json["tp"] == target.map(JSONValue.double))
  }

  @Test func `a reject shows its bar, rule and numbers`() throws {
    let reject = Reject(
      time: try instant("2013-10-04T18:25:00Z"), symbol: try #require(Symbol("BAC")), reason: "mother_too_small",
      numbers: ["wanted": .double(0.5), "atr": .null])

    #expect(
      reject.json
        == .object([
          "ts": .string("2013-10-04T18:25:00Z"), "symbol": .string("BAC"), "reason": .string("mother_too_small"),
          "numbers": .object(["wanted": .double(0.5), "atr": .null]),
        ]))
  }
}
