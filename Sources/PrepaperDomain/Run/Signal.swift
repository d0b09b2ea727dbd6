package import PrepaperJSON

/// A strategy's decision at the close of a bar: what it would order, and nothing that happened later.
package struct Signal: Hashable, Sendable {
  /// The decision time: the close of the last bar that the strategy looked at.
  package let time: UTCTimestamp
  /// The instrument.
  package let symbol: Symbol
  /// Which way.
  package let side: Side
  /// Where the order would be filled, in the instrument's currency.
  package private(set) var entryPrice: Double
  /// The protective stop, where the strategy has one.
  package private(set) var stopPrice: Double?
  /// The profit target, where the strategy has one.
  package private(set) var takeProfitPrice: Double?
  /// `STOP`, `LIMIT`, …, where the strategy sets it.
  package let orderType: String?
  /// `DAY`, …: how long the order stands, where the strategy sets it.
  package let timeInForce: String?
  /// When the order may be filled, where the strategy limits it.
  package let validity: TimeSpan?
  /// Orders of one group cancel each other, where the strategy groups them.
  package let ocoGroup: String?
  /// The strategy's own name for the order, where it has one.
  package let templateID: String?
  /// Why the strategy decided so, in its own words, where it says.
  package let reason: String?
  /// How much to order, in units of the instrument; the strategy leaves it to the sizing.
  package private(set) var quantity: ExactDecimal?
  /// The numbers behind the decision, by name: for people and reports, not for the plan.
  package var evidence: [String: JSONValue] { facts.members }
  private let facts: Facts

  /// A signal of these parts.
  package init(
    time: UTCTimestamp, symbol: Symbol, side: Side, entryPrice: Double, stopPrice: Double? = nil,
    takeProfitPrice: Double? = nil, orderType: String? = nil, timeInForce: String? = nil, validity: TimeSpan? = nil,
    ocoGroup: String? = nil, templateID: String? = nil, reason: String? = nil, evidence: [String: JSONValue] = [:]
  ) {
    self.init(
      time: time, symbol: symbol, side: side, entryPrice: entryPrice, stopPrice: stopPrice,
      takeProfitPrice: takeProfitPrice, orderType: orderType, timeInForce: timeInForce, validity: validity,
      ocoGroup: ocoGroup, templateID: templateID, reason: reason, facts: Facts(evidence))
  }

  /// A signal of these parts, whose evidence is made into JSON only where somebody reads it.
  package init(
    time: UTCTimestamp, symbol: Symbol, side: Side, entryPrice: Double, stopPrice: Double? = nil,
    takeProfitPrice: Double? = nil, orderType: String? = nil, timeInForce: String? = nil, validity: TimeSpan? = nil,
    ocoGroup: String? = nil, templateID: String? = nil, reason: String? = nil, facts: Facts
  ) {
    self.time = time
    self.symbol = symbol
    self.side = side
    self.entryPrice = entryPrice
    self.stopPrice = stopPrice
    self.takeProfitPrice = takeProfitPrice
    self.orderType = orderType
    self.timeInForce = timeInForce
    self.validity = validity
    self.ocoGroup = ocoGroup
    self.templateID = templateID
    self.reason = reason
    self.facts = facts
  }

  /// The same decision with a quantity, and with prices that a market takes.
  package func sized(quantity: ExactDecimal, entryPrice: Double, stopPrice: Double?, takeProfitPrice: Double?)
    -> Signal
  {
    var signal = self
    signal.quantity = quantity
    signal.entryPrice = entryPrice
    signal.stopPrice = stopPrice
    signal.takeProfitPrice = takeProfitPrice
    return signal
  }
}
