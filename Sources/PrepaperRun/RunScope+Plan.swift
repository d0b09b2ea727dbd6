internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline

extension RunScope {
  /// The plan of what a strategy has found, each order with its quantity and key, and what did not become an order.
  func planned(_ found: consuming StrategyResult) throws(RunError) -> (plan: Plan, rejects: [Reject]) {
    let result = try sized(consume found).withoutPricesBelowZero()
    let key = runner.key
    let plan = Plan(
      orders: result.signals.map { signal in
        let identity = OrderIdentity(signal: signal, strategyKey: key, number: CanonicalJSON.number)
        return Order(signal: signal, strategyKey: key, idempotencyKey: String(sha256Hex(identity.text).prefix(16)))
      })
    return (plan, result.rejects)
  }

  /// The strategy as the manifest names it: version and digest are those of the rules here, beside them the version
  /// that the backtest names.
  ///
  /// - Parameter ignored: parameters that never changed a signal.
  func strategy(ignored: [String]) -> RunManifest.Strategy {
    let digest =
      switch runner.fingerprint {
      case .rules(let text): sha256Hex(text)
      case .program(let sha256): sha256
      }
    return RunManifest.Strategy(
      key: runner.key, version: runner.version, backtestVersion: backtest.strategyVersion, digest: digest,
      parameters: runner.parameters, ignoredParameters: ignored)
  }

  /// What the strategy has found with quantities, where they are asked for.
  private func sized(_ found: consuming StrategyResult) throws(RunError) -> StrategyResult {
    guard let sizer else { return found }
    var result = try sizer.size(found.signals)
    result.rejects = found.rejects + result.rejects
    return result
  }
}

extension StrategyResult {
  /// The result with each signal that has a price of zero or less as a reject: no market takes such an order.
  fileprivate func withoutPricesBelowZero() -> StrategyResult {
    guard !signals.allSatisfy(\.hasPositivePrices) else { return self }
    var result = self
    result.signals.removeAll { !$0.hasPositivePrices }
    for signal in signals where !signal.hasPositivePrices {
      result.rejects.append(
        Reject(
          time: signal.time, symbol: signal.symbol, reason: "price_not_positive",
          numbers: [
            "side": .string(signal.side.rawValue), "entry_price": .double(signal.entryPrice),
            "sl": signal.stopPrice.map(JSONValue.double) ?? .null,
            "tp": signal.takeProfitPrice.map(JSONValue.double) ?? .null,
          ]))
    }
    return result
  }
}

extension Signal {
  /// Whether each price that it has is above zero.
  fileprivate var hasPositivePrices: Bool {
    entryPrice > 0 && stopPrice ?? 1 > 0 && takeProfitPrice ?? 1 > 0
  }
}
