package import PrepaperDomain
import PrepaperJSON

/// A decision as far as two runs of a strategy can be held against each other by it.
package struct DriftSignal: Hashable, Sendable {
  /// When it was decided, about what, and which way.
  package let time: UTCTimestamp
  package let symbol: Symbol
  package let side: Side
  /// Its prices; a stop or target that it has not is nil.
  package let entry: Double
  package let stop, target: Double?
  /// The version of the strategy behind it, where the reference says so.
  package let version: String?

  /// A decision of these parts.
  package init(
    time: UTCTimestamp, symbol: Symbol, side: Side, entry: Double, stop: Double?, target: Double?,
    version: String? = nil
  ) {
    self.time = time
    self.symbol = symbol
    self.side = side
    self.entry = entry
    self.stop = stop
    self.target = target
    self.version = version
  }

  /// The decision behind an order.
  init(_ order: Order) {
    let signal = order.signal
    self.init(
      time: signal.time, symbol: signal.symbol, side: signal.side, entry: signal.entryPrice, stop: signal.stopPrice,
      target: signal.takeProfitPrice)
  }

  /// The decision behind an order as `plan.json` and `signals_export.json` have it, or nil where it is none.
  init?(order json: JSONValue) {
    guard let time = json["ts"]?.stringValue.flatMap(UTCTimestamp.init(rfc3339:)),
      let symbol = json["symbol"]?.stringValue.flatMap(Symbol.init),
      let side = json["side"]?.stringValue.flatMap(Side.init), let entry = json["entry_price"]?.doubleValue
    else { return nil }
    self.init(
      time: time, symbol: symbol, side: side, entry: entry, stop: json["sl"]?.doubleValue,
      target: json["tp"]?.doubleValue)
  }

  /// What two decisions must have in common to be the same one.
  struct Meaning: Hashable {
    let time: UTCTimestamp
    let symbol: Symbol
    let side: Side
  }

  var meaning: Meaning { Meaning(time: time, symbol: symbol, side: side) }

  /// The prices by their names in a plan.
  package var prices: [(name: String, value: Double?)] { [("entry_price", entry), ("sl", stop), ("tp", target)] }

  /// Whether its prices are those of another one, within a distance.
  func hasPrices(of other: DriftSignal, within tolerance: Double) -> Bool {
    zip(prices, other.prices).allSatisfy { left, right in
      switch (left.value, right.value) {
      case (nil, nil): true
      case (let left?, let right?): abs(left - right) <= tolerance + 1e-9 * max(abs(left), abs(right))
      default: false
      }
    }
  }

  /// Its prices as JSON shows them.
  var json: JSONValue {
    .object(Dictionary(uniqueKeysWithValues: prices.map { ($0.name, $0.value.map(JSONValue.double) ?? .null) }))
  }
}
