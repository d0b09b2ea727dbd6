package import PrepaperDomain
import PrepaperJSON

/// Gives signals their quantity and prices that a market takes, in exact decimals.
///
/// - prices are rounded to the tick, to the nearer side, halves away from zero
/// - the quantity is cut down to whole lots, and to the notional cap by the entry price
/// - a quantity of zero, or below the least one, is a reject
/// - so is an entry price that is rounded to zero
package struct Sizer: Sendable {
  private let sizing: Sizing

  /// A sizer by a sizing.
  package init(_ sizing: Sizing) {
    self.sizing = sizing
  }

  /// The signals with a quantity, and rejects for those that get none.
  ///
  /// Prices that are rounded are those that the order's key is made from, so this comes before the plan.
  ///
  /// - Throws: `RunError` with `params_invalid` where the numbers have more digits than can be computed exactly.
  package func size(_ signals: [Signal]) throws(RunError) -> StrategyResult {
    var result = StrategyResult()
    for signal in signals {
      do {
        switch try size(signal) {
        case .success(let sized): result.signals.append(sized)
        case .failure(let refused): result.rejects.append(refused.reject)
        }
      } catch let error {
        throw error.of(signal, sizing)
      }
    }
    return result
  }

  private struct Refused: Error {
    let reject: Reject
  }

  /// The prices of an order, rounded.
  private struct Prices {
    let entry: ExactDecimal
    let stop, target: ExactDecimal?
  }

  private func size(_ signal: Signal) throws(ExactDecimal.Overflow) -> Result<Signal, Refused> {
    let prices = Prices(
      entry: try rounded(signal.entryPrice), stop: try signal.stopPrice.mapExact(rounded),
      target: try signal.takeProfitPrice.mapExact(rounded))
    var numbers: [String: JSONValue] = ["side": .string(signal.side.rawValue), "entry_price": prices.entry.json]
    numbers["sl"] = prices.stop?.json
    func refused(_ reason: String) -> Result<Signal, Refused> {
      .failure(Refused(reject: Reject(time: signal.time, symbol: signal.symbol, reason: reason, numbers: numbers)))
    }
    guard prices.entry > .zero else { return refused("no_entry_price") }
    if case .risk = sizing.method {
      guard let stop = prices.stop, stop != prices.entry else { return refused("no_stop") }
    }
    let wanted = try wantedQuantity(prices)
    let capped = try sizing.maxNotional.mapExact { cap throws(ExactDecimal.Overflow) in
      try cap.divided(by: prices.entry, downTo: sizing.lot)
    }
    let quantity = capped.map { min($0, wanted) } ?? wanted
    let isTooSmall = sizing.minQuantity.map { quantity < $0 } ?? false
    guard quantity > .zero, !isTooSmall else {
      numbers["quantity"] = quantity.json
      numbers["wanted_quantity"] = wanted.json
      numbers["min_quantity"] = sizing.minQuantity?.json
      numbers["max_notional"] = sizing.maxNotional?.json
      numbers["lot"] = sizing.lot.json
      return refused(quantity > .zero ? "below_min_quantity" : "quantity_zero")
    }
    return .success(
      signal.sized(
        quantity: quantity, entryPrice: prices.entry.doubleValue, stopPrice: prices.stop?.doubleValue,
        takeProfitPrice: prices.target?.doubleValue))
  }

  private func rounded(_ price: Double) throws(ExactDecimal.Overflow) -> ExactDecimal {
    let exact = try ExactDecimal(price)
    guard let tick = sizing.tick else { return exact }
    return try exact.rounded(to: tick)
  }

  /// What the method gives, in whole lots.
  private func wantedQuantity(_ prices: Prices) throws(ExactDecimal.Overflow) -> ExactDecimal {
    switch sizing.method {
    case .fixed(let quantity):
      return try quantity.divided(by: .one, downTo: sizing.lot)
    case .percentOfEquity(let equity, let percent):
      return try equity.multiplied(by: percent).divided(by: prices.entry.multiplied(by: .hundred), downTo: sizing.lot)
    case .risk(let equity, let percent):
      let distance = try prices.entry.subtracting(prices.stop ?? .zero).magnitude
      return try equity.multiplied(by: percent).divided(by: distance.multiplied(by: .hundred), downTo: sizing.lot)
    }
  }
}

extension Optional {
  /// `map` that keeps the kind of error.
  fileprivate func mapExact<Result>(
    _ transform: (Wrapped) throws(ExactDecimal.Overflow) -> Result
  ) throws(ExactDecimal.Overflow) -> Result? {
    guard let wrapped = self else { return nil }
    return try transform(wrapped)
  }
}

extension ExactDecimal.Overflow {
  /// The error of a signal whose numbers are too long.
  fileprivate func of(_ signal: Signal, _ sizing: Sizing) -> RunError {
    RunError(
      .paramsInvalid,
      "sizing '\(sizing)': the quantity of \(signal.symbol) \(signal.side.rawValue) at \(signal.time), entry price "
        + "\(signal.entryPrice), has more digits than can be computed exactly; give a tick or shorter numbers")
  }
}
