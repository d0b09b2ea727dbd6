package import PrepaperDomain

/// Which decision an order is: the text that its idempotency key is the digest of.
package struct OrderIdentity: Hashable, Sendable {
  /// `ts|symbol|side|strategy_key|entry_price|sl|tp`, numbers in canonical form, absent ones empty.
  package let text: String

  /// The identity of a signal of a strategy; `number` writes a double in canonical form.
  package init(signal: Signal, strategyKey: String, number: (Double) -> String) {
    text = [
      signal.time.iso8601, signal.symbol.description, signal.side.rawValue, strategyKey, number(signal.entryPrice),
      signal.stopPrice.map(number) ?? "", signal.takeProfitPrice.map(number) ?? "",
    ].joined(separator: "|")
  }
}
