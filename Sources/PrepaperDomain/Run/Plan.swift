package import PrepaperJSON

/// All orders of a run, in the one order that `plan.json` has: instant, symbol, side, key.
package struct Plan: Hashable, Sendable {
  /// The version of the plan's form.
  package static let schemaVersion = "1.0.0"

  /// The orders, sorted.
  package let orders: [Order]

  /// The plan of these orders, however they are sorted.
  package init(orders: consuming [Order]) {
    // In place: there may be many.
    orders.sort { left, right in
      if left.signal.time != right.signal.time { return left.signal.time < right.signal.time }
      if left.signal.symbol != right.signal.symbol { return left.signal.symbol < right.signal.symbol }
      if left.signal.side != right.signal.side { return left.signal.side == .buy }
      return left.idempotencyKey.utf8.lexicographicallyPrecedes(right.idempotencyKey.utf8)
    }
    self.orders = orders
  }

  /// The plan as `plan.json` has it.
  package var document: JSONDocument {
    .object([
      "orders": .list(count: orders.count) { orders[$0].json }, "schema_version": .value(.string(Self.schemaVersion)),
    ])
  }
}
