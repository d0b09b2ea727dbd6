package import PrepaperJSON

/// A signal as the plan has it: what would be sent to a broker, were there one.
package struct Order: Hashable, Sendable {
  /// The decision.
  package let signal: Signal
  /// The strategy that made it.
  package let strategyKey: String
  /// First 16 hex digits of the SHA-256 of the order's identity; the same decision always has the same key.
  package let idempotencyKey: String

  /// An order with its key.
  package init(signal: Signal, strategyKey: String, idempotencyKey: String) {
    self.signal = signal
    self.strategyKey = strategyKey
    self.idempotencyKey = idempotencyKey
  }

  /// The order as `plan.json` and `signals.payload_json` have it; what neither strategy nor sizing sets is absent.
  package var json: JSONValue {
    .object(dropping: [
      "ts": .string(signal.time.iso8601),
      "symbol": .string(signal.symbol.description),
      "side": .string(signal.side.rawValue),
      "strategy_key": .string(strategyKey),
      "entry_price": .double(signal.entryPrice),
      "sl": signal.stopPrice.map(JSONValue.double),
      "tp": signal.takeProfitPrice.map(JSONValue.double),
      "idempotency_key": .string(idempotencyKey),
      "order_type": signal.orderType.map(JSONValue.string),
      "time_in_force": signal.timeInForce.map(JSONValue.string),
      "valid_from": signal.validity.map { .string($0.from.iso8601) },
      "valid_to": signal.validity.map { .string($0.to.iso8601) },
      "oco_group": signal.ocoGroup.map(JSONValue.string),
      "template_id": signal.templateID.map(JSONValue.string),
      "quantity": signal.quantity.map(\.json),
      "reason": signal.reason.map(JSONValue.string),
    ])
  }
}
