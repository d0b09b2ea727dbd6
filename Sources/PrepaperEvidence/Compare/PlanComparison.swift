import PrepaperDomain
package import PrepaperJSON

/// Two plans held against each other by what their orders mean: when, which instrument, which side.
package struct PlanComparison: Sendable {
  /// An order that is in both plans, with other numbers.
  package struct Changed: Sendable {
    /// The order as the first plan has it.
    package let order: JSONValue
    /// What differs; the key, which is made of the rest, left out.
    package let changes: [JSONChange]
  }

  /// Orders that only the first plan has, and those that only the second has.
  package let removed, added: [JSONValue]
  /// Orders of both plans that differ.
  package let changed: [Changed]
  /// How many orders are the same in both.
  package let same: Int

  /// What two orders must have in common to be the same decision.
  private struct Meaning: Hashable {
    let time, symbol, side: JSONValue?

    init(_ order: JSONValue) {
      time = order["ts"]
      symbol = order["symbol"]
      side = order["side"]
    }
  }

  /// Compares the orders of two plans; several of one meaning are held against each other in the order of the plans,
  /// those that are the same first.
  package init(_ first: [JSONValue], _ second: [JSONValue]) {
    var left = Dictionary(grouping: second.indices, by: { Meaning(second[$0]) })
    var unmatched: [JSONValue] = []
    var same = 0
    for order in first {
      let meaning = Meaning(order)
      if let place = left[meaning]?.firstIndex(where: { second[$0] == order }) {
        left[meaning]?.remove(at: place)
        same += 1
      } else {
        unmatched.append(order)
      }
    }
    var removed: [JSONValue] = []
    var changed: [Changed] = []
    for order in unmatched {
      guard let index = left[Meaning(order)]?.first else {
        removed.append(order)
        continue
      }
      left[Meaning(order)]?.removeFirst()
      let changes = order.changes(to: second[index]).filter { $0.path != "idempotency_key" }
      changed.append(Changed(order: order, changes: changes))
    }
    self.same = same
    self.removed = removed
    self.changed = changed
    added = left.values.flatMap { $0 }.sorted().map { second[$0] }
  }

  /// Whether both plans have the same orders.
  package var isSame: Bool { removed.isEmpty && added.isEmpty && changed.isEmpty }
}
