/// How orders get their quantity: `fixed:quantity=100`, `pct_of_equity:equity=100000,percent=10`,
/// `risk:equity=100000,percent=1`, each with `min_quantity`, `max_notional`, `tick` and `lot` where wanted.
///
/// Numbers are plain digits above zero, at most 15 before the point and 9 after it.
package struct Sizing: Hashable, Sendable, CustomStringConvertible {
  /// What the quantity is taken of.
  package enum Method: Hashable, Sendable {
    /// The same quantity for each order.
    case fixed(quantity: ExactDecimal)
    /// As much as a share of the equity buys, in percent.
    case percentOfEquity(equity: ExactDecimal, percent: ExactDecimal)
    /// As much as loses a share of the equity, in percent, where the stop is hit.
    case risk(equity: ExactDecimal, percent: ExactDecimal)
  }

  /// What the quantity is taken of.
  package let method: Method
  /// A smaller quantity is no order.
  package let minQuantity: ExactDecimal?
  /// Quantity × entry price is at most this, in the instrument's currency.
  package let maxNotional: ExactDecimal?
  /// Prices are multiples of this; none leaves them as the strategy gives them.
  package let tick: ExactDecimal?
  /// Quantities are multiples of this.
  package let lot: ExactDecimal

  /// The sizing that a text says.
  ///
  /// - Throws: `RunError` with `params_invalid`, with what is wrong and what is known.
  package init(parsing text: String) throws(RunError) {
    var words = try SizingWords(text)
    switch words.method {
    case "fixed": method = .fixed(quantity: try words.required("quantity"))
    case "pct_of_equity":
      method = .percentOfEquity(equity: try words.required("equity"), percent: try words.percent("percent"))
    case "risk": method = .risk(equity: try words.required("equity"), percent: try words.percent("percent"))
    default: throw words.error("'\(words.method)' is not known; known are: fixed, pct_of_equity, risk")
    }
    minQuantity = try words.optional("min_quantity")
    maxNotional = try words.optional("max_notional")
    tick = try words.optional("tick")
    lot = try words.optional("lot") ?? .one
    try words.finish()
  }

  /// The text that `init(parsing:)` reads back, the same for all texts that say the same.
  package var description: String {
    var words: [String]
    switch method {
    case .fixed(let quantity): words = ["fixed:quantity=\(quantity)"]
    case .percentOfEquity(let equity, let percent): words = ["pct_of_equity:equity=\(equity)", "percent=\(percent)"]
    case .risk(let equity, let percent): words = ["risk:equity=\(equity)", "percent=\(percent)"]
    }
    if let minQuantity { words.append("min_quantity=\(minQuantity)") }
    if let maxNotional { words.append("max_notional=\(maxNotional)") }
    if let tick { words.append("tick=\(tick)") }
    if lot != .one { words.append("lot=\(lot)") }
    return words.joined(separator: ",")
  }
}
