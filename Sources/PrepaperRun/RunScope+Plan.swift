internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline

extension RunScope {
  /// The plan of what a strategy has found, each order with its quantity and key, and what did not become an order.
  func planned(_ found: consuming StrategyResult) throws(RunError) -> (plan: Plan, rejects: [Reject]) {
    let result = try sized(consume found)
    let key = runner.key
    let plan = Plan(
      orders: result.signals.map { signal in
        let identity = OrderIdentity(signal: signal, strategyKey: key, number: CanonicalJSON.number)
        return Order(signal: signal, strategyKey: key, idempotencyKey: String(sha256Hex(identity.text).prefix(16)))
      })
    return (plan, result.rejects)
  }

  /// The strategy as the manifest names it: the version is the backtest's, the digest that of the rules here.
  ///
  /// - Parameter ignored: parameters that never changed a signal.
  func strategy(ignored: [String]) -> RunManifest.Strategy {
    let digest =
      switch runner.fingerprint {
      case .rules(let text): sha256Hex(text)
      case .program(let sha256): sha256
      }
    return RunManifest.Strategy(
      key: runner.key, version: backtest.strategyVersion, digest: digest, parameters: runner.parameters,
      ignoredParameters: ignored)
  }

  /// What the strategy has found with quantities, where they are asked for.
  private func sized(_ found: consuming StrategyResult) throws(RunError) -> StrategyResult {
    guard let sizer else { return found }
    var result = try sizer.size(found.signals)
    result.rejects = found.rejects + result.rejects
    return result
  }
}
