import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct PlanTests {
  @Test func `orders are sorted by instant, symbol, side and key`() throws {
    // Given orders that differ from their neighbour in one thing, the less weighty ones pulling the other way
    let sorted = [
      try order("2025-01-01T10:30:00Z", "Z", .sell, "ffff"),
      try order("2025-01-01T10:30:00.000001Z", "B", .buy, "ffff"),
      try order("2025-01-01T10:30:00.000001Z", "B", .sell, "0000"),
      try order("2025-01-01T10:30:00.000001Z", "B", .sell, "00a0"),
      try order("2025-01-01T10:30:00.000001Z", "a", .buy, "0000"),
      try order("2025-01-01T10:40:00Z", "A", .buy, "0000"),
    ]

    // When a plan is made of them in any order
    for rotation in sorted.indices {
      let shuffled = Array(sorted[rotation...] + sorted[..<rotation])

      // Then it has them sorted
      #expect(Plan(orders: shuffled).orders == sorted)
      #expect(Plan(orders: shuffled.reversed()).orders == sorted)
    }
  }

  @Test func `a plan is its orders and the version of its form`() throws {
    let order = try order("2025-01-01T10:30:00Z", "AAPL", .buy, "0000")

    #expect(Plan(orders: []).document.json == .object(["orders": .array([]), "schema_version": .string("1.0.0")]))
    #expect(Plan(orders: [order]).document.json["orders"] == .array([order.json]))
  }

  private func order(_ time: String, _ symbol: String, _ side: Side, _ key: String) throws -> Order {
    Order(
      signal: Signal(time: try instant(time), symbol: try #require(Symbol(symbol)), side: side, entryPrice: 100),
      strategyKey: "test_strategy", idempotencyKey: key)
  }
}
