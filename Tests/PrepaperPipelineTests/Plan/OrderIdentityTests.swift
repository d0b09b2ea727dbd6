import PrepaperArtifacts
import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct OrderIdentityTests {
  @Test func `an order's key is the digest of the known text`() throws {
    let signal = Signal(
      time: try instant("2025-01-01T10:30:00Z"), symbol: try #require(Symbol("AAPL")), side: .buy, entryPrice: 150,
      stopPrice: 148, takeProfitPrice: 154)

    let identity = OrderIdentity(signal: signal, strategyKey: "inside_bar", number: CanonicalJSON.number)

    #expect(identity.text == "2025-01-01T10:30:00+00:00|AAPL|BUY|inside_bar|150.0|148.0|154.0")
    #expect(sha256Hex(identity.text).prefix(16) == "96a0cd9d1aa88cd2")
  }

  @Test(
    arguments: [
      (nil, nil, "1e-05||"), (0.5, nil, "1e-05|0.5|"), (nil, 1e16, "1e-05||1e+16"),
    ] as [(Double?, Double?, String)])
  func `absent prices are empty, the others in canonical form`(stop: Double?, target: Double?, prices: String) throws {
    let signal = Signal(
      time: try instant("2025-01-01T10:30:00.5Z"), symbol: try #require(Symbol("BRK.B")), side: .sell,
      entryPrice: 0.00001, stopPrice: stop, takeProfitPrice: target)

    let identity = OrderIdentity(signal: signal, strategyKey: "k", number: CanonicalJSON.number)

    #expect(identity.text == "2025-01-01T10:30:00.500000+00:00|BRK.B|SELL|k|\(prices)")
  }

  @Test func `what the broker is told beside it does not change the key`() throws {
    let time = try instant("2025-01-01T10:30:00Z")
    let symbol = try #require(Symbol("AAPL"))
    let plain = Signal(time: time, symbol: symbol, side: .buy, entryPrice: 150)
    let full = Signal(
      time: time, symbol: symbol, side: .buy, entryPrice: 150, orderType: "STOP",
      validity: TimeSpan(from: time, to: time), ocoGroup: "g", templateID: "t", evidence: ["atr": .double(1)])

    let identities = [plain, full].map { OrderIdentity(signal: $0, strategyKey: "k", number: CanonicalJSON.number) }

    #expect(identities[0] == identities[1])
  }

  @Test func `the known hash of a plan of six orders comes out`() throws {
    // Given six orders, ten minutes apart
    let start = try instant("2025-01-01T09:30:00Z")
    let symbol = try #require(Symbol("AAPL"))
    let orders = (0..<6).map { number in
      let signal = Signal(
        time: start + .seconds(600 * number), symbol: symbol, side: .buy, entryPrice: 100.5, stopPrice: 99.5,
        takeProfitPrice: 102.5)
      let identity = OrderIdentity(signal: signal, strategyKey: "test_strategy", number: CanonicalJSON.number)
      return Order(
        signal: signal, strategyKey: "test_strategy", idempotencyKey: String(sha256Hex(identity.text).prefix(16)))
    }

    // When the plan is written, in whatever order they came
    let plan = Plan(orders: orders.reversed())
    let bytes = CanonicalJSON.pretty(plan.document.json)

    // Then it is the file that the other implementation wrote
    #expect(plan.orders.first?.idempotencyKey == "263a1728b5f59523")
    #expect(bytes.count == 1531)
    #expect(sha256Hex(bytes) == "73e20def31d466a450dbdf6e4bbf0268c36dc0df291abb7978dca714307c35e7")
  }
}
