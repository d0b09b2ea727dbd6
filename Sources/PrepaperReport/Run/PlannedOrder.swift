import PrepaperDomain
import PrepaperJSON

/// An order of `plan.json` as the report reads it; what it lacks is nil.
struct PlannedOrder: Sendable {
  let time: UTCTimestamp?
  let symbol: String
  let side: OrderSide
  let entry, stop, target: Double?
  let type, timeInForce: String?
  let validity: TimeSpan?
  let group: String?
  let key: String
  let quantity: String?
  let reason: String?
  /// The numbers behind the order.
  let evidence: JSONValue

  /// The order in an object of the plan, with the numbers behind it.
  init(_ order: JSONValue, evidence: JSONValue) {
    self.evidence = evidence
    time = order.instant("ts")
    symbol = order["symbol"]?.exact ?? "–"
    side = OrderSide(order["side"]?.exact ?? "–")
    entry = order["entry_price"]?.doubleValue
    stop = order["sl"]?.doubleValue
    target = order["tp"]?.doubleValue
    type = order["order_type"]?.exact
    timeInForce = order["time_in_force"]?.exact
    if let from = order.instant("valid_from"), let to = order.instant("valid_to"), from <= to {
      validity = TimeSpan(from: from, to: to)
    } else {
      validity = nil
    }
    group = order["oco_group"]?.exact
    key = order["idempotency_key"]?.exact ?? ""
    quantity = order["quantity"]?.exact
    reason = order["reason"]?.exact
  }

  /// The prices by name, as far as the order has them.
  var levels: [(kind: OrderLevel, price: Double)] {
    let prices: [(OrderLevel, Double?)] = [(.entry, entry), (.stop, stop), (.target, target)]
    return prices.compactMap { kind, price in price.map { (kind, $0) } }
  }

  /// The order in one sentence, for those who do not see the chart.
  func sentence(_ clock: LocalClock) -> String {
    let prices = levels.map { "\($0.kind.rawValue) \($0.price.price)" }.joined(separator: ", ")
    let day = time.map(clock.day)
    let valid = validity.map { ", valid \(clock.span($0, knowing: day))" } ?? ""
    return "\(side.word) \(prices)\(valid)."
  }
}

extension JSONValue {
  /// The instant in a member; nil where there is none.
  func instant(_ key: String) -> UTCTimestamp? {
    self[key]?.stringValue.flatMap { UTCTimestamp(rfc3339: $0) }
  }
}

/// Which way an order goes, with a shape that tells it without colour.
enum OrderSide: Hashable, Sendable {
  case buy, sell
  /// A word that is neither, from a plan that somebody else made.
  case other(String)

  /// The side that a word means.
  init(_ word: String) {
    switch word {
    case "BUY": self = .buy
    case "SELL": self = .sell
    default: self = .other(word)
    }
  }

  /// The plan's word for it.
  var word: String {
    switch self {
    case .buy: "BUY"
    case .sell: "SELL"
    case .other(let word): word
    }
  }

  /// The class that styles it.
  var style: Markup {
    switch self {
    case .buy: "buy"
    case .sell: "sell"
    case .other: "side"
    }
  }

  /// The side with its shape, for a table or a list.
  var markup: Markup {
    switch self {
    case .buy: "<b class=\"buy\"><span aria-hidden=\"true\">▲</span>\u{A0}BUY</b>"
    case .sell: "<b class=\"sell\"><span aria-hidden=\"true\">▼</span>\u{A0}SELL</b>"
    case .other(let word): "<b>\(word)</b>"
    }
  }
}

/// A price of an order.
enum OrderLevel: String, Sendable {
  case entry, stop, target
}
