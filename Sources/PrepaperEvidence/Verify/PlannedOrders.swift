import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// The orders of a published plan, held against everything that must say the same.
struct PlannedOrders {
  private static let sourceTag = "prepaper_plan_intent"

  private let orders: [JSONValue]
  /// The orders by their keys; the same decision twice has one key.
  private let byKey: [String: JSONValue]

  init(_ orders: [JSONValue]) {
    self.orders = orders
    byKey = Dictionary(orders.map { ($0.text("idempotency_key"), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// An order whose key is not made of it, or that stands in the wrong place.
  var problem: String? {
    for order in orders where String(sha256Hex(order.identity).prefix(16)) != order.text("idempotency_key") {
      return "the key of \(order.words) is not made of its members"
    }
    for (order, next) in zip(orders, orders.dropFirst()) where !order.precedes(next) {
      return "\(next.words) stands behind \(order.words), and belongs before it"
    }
    return nil
  }

  /// Whether the manifest counts them as they are.
  func countProblem(_ outputs: RunManifest.Outputs) -> String? {
    for (name, count) in [("orders_count", outputs.orders), ("signals_count", outputs.signals)]
    where count != orders.count {
      return "there are \(orders.count), outputs.\(name) is \(count)"
    }
    return nil
  }

  /// Whether `signals_export.json` has each of them, in the order of the store.
  func exportProblem(_ export: JSONValue?) -> String? {
    guard let entries = export?["signals"]?.items else {
      return "\(RunFile.signalsExport) has no signals that can be read"
    }
    let wanted = orders.sorted { $0.precedesInStore($1) }
    for (entry, order) in zip(entries, wanted) {
      guard let payload = entry["payload"], payload.text("idempotency_key") == order.text("idempotency_key") else {
        return "\(order.words) is not in its place"
      }
      if let path = payload.firstDifference(to: order) { return "\(order.words) has another \(path)" }
      for name in ["ts", "symbol", "idempotency_key"] where entry[name] != order[name] {
        return "\(order.words) has another \(name)"
      }
      guard entry["source_tag"] == .string(Self.sourceTag) else { return "\(order.words) has another source_tag" }
    }
    return entries.count == orders.count ? nil : "has \(entries.count) signals, the plan has \(orders.count) orders"
  }

  /// Whether the store has a row for each of them, and none besides.
  func problem(with rows: [StoredSignal]) -> String? {
    for row in rows {
      guard let order = byKey[row.idempotencyKey] else {
        return "signal \(row.idempotencyKey) of \(row.symbol) at \(row.time.iso8601) is not in the plan"
      }
      guard row.payloadJSON == CanonicalJSON.compactText(order) else {
        return "\(order.words) has another \(Self.difference(row.payloadJSON, order)) there"
      }
      guard .string(row.time.iso8601) == order["ts"], .string(row.symbol.description) == order["symbol"],
        row.sourceTag == Self.sourceTag
      else { return "\(order.words) has another ts, symbol or source_tag there" }
    }
    let stored = Set(rows.map(\.idempotencyKey))
    return orders.first { !stored.contains($0.text("idempotency_key")) }.map { "\($0.words) is not there" }
  }

  /// The path of the member in which a stored payload differs, as far as it can be told.
  private static func difference(_ payload: String, _ order: JSONValue) -> String {
    do throws(JSONParseError) {
      return try JSONParser.parse(Array(payload.utf8)).firstDifference(to: order) ?? "form"
    } catch {
      return "payload, which is not JSON,"
    }
  }
}

extension JSONValue {
  /// A member that is a text; empty where it is none.
  fileprivate func text(_ name: String) -> String { self[name]?.stringValue ?? "" }

  /// An order for people: its key, side, symbol and time.
  fileprivate var words: String {
    "order \(text("idempotency_key")) (\(text("side")) \(text("symbol")) at \(text("ts")))"
  }

  /// What an order's key is made of.
  fileprivate var identity: String {
    let numbers = ["entry_price", "sl", "tp"].map { name in self[name].map { CanonicalJSON.compactText($0) } ?? "" }
    return (["ts", "symbol", "side", "strategy_key"].map { text($0) } + numbers).joined(separator: "|")
  }

  /// Whether an order may stand before another one in a plan: by instant, symbol, side and key.
  fileprivate func precedes(_ other: JSONValue) -> Bool {
    !other.isBefore(self, by: ["symbol", "side", "idempotency_key"])
  }

  /// Whether a signal comes before another one in the store: by instant, symbol and key.
  fileprivate func precedesInStore(_ other: JSONValue) -> Bool { isBefore(other, by: ["symbol", "idempotency_key"]) }

  private func isBefore(_ other: JSONValue, by names: [String]) -> Bool {
    let times = (UTCTimestamp(rfc3339: text("ts")), UTCTimestamp(rfc3339: other.text("ts")))
    if let mine = times.0, let theirs = times.1, mine != theirs { return mine < theirs }
    for name in names where text(name) != other.text(name) { return precedesByBytes(text(name), other.text(name)) }
    return false
  }
}
