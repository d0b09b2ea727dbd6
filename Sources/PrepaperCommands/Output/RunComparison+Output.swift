import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON

extension RunComparison {
  /// The comparison as `--json` shows it.
  func json(_ first: RunID, _ second: RunID) -> [String: JSONValue] {
    [
      "first": .string(first.description), "second": .string(second.description), "same": .bool(isSame),
      "orders": .object([
        "same": .integer(Int64(plan.same)), "removed": .array(plan.removed), "added": .array(plan.added),
        "changed": .array(
          plan.changed.map { .object(["order": $0.order, "changes": .array($0.changes.map(\.json))]) }),
      ]),
      "definition": .array(definition.map(\.json)),
    ]
  }

  /// The comparison for people: a line for each order and each member that differs, and a sum.
  var text: String {
    let sum =
      "orders: \(plan.same) the same, \(plan.removed.count) removed, \(plan.added.count) added, "
      + "\(plan.changed.count) changed"
    let members = definition.map { "  \($0.words)" }
    return (plan.lines + [sum] + (members.isEmpty ? ["definition: the same"] : ["definition:"] + members))
      .joined(separator: "\n")
  }
}

extension PlanComparison {
  /// A line for each order that is not the same.
  var lines: [String] {
    removed.map { "- \($0.orderWords)" } + added.map { "+ \($0.orderWords)" }
      + changed.map { "~ \($0.order.orderWords): \($0.changes.map(\.words).joined(separator: ", "))" }
  }
}

extension JSONChange {
  /// The change on a line, like `params.tick_size 0.01 → 0.05`.
  fileprivate var words: String { "\(path) \(before?.short ?? "nothing") → \(after?.short ?? "nothing")" }
}

extension JSONValue {
  /// An order on a line: time, side, symbol, price.
  fileprivate var orderWords: String {
    ["ts", "side", "symbol", "entry_price"].compactMap { self[$0]?.short }.joined(separator: " ")
  }

  /// The value on one line; a text without its quotes.
  fileprivate var short: String { stringValue ?? CanonicalJSON.compactText(self) }
}
