/// A signal as the signals store keeps it.
package struct StoredSignal: Hashable, Sendable {
  /// The decision time.
  package let time: UTCTimestamp
  /// The instrument.
  package let symbol: Symbol
  /// The order's key; unique in its run.
  package let idempotencyKey: String
  /// Who wrote it: `prepaper_plan_intent`.
  package let sourceTag: String
  /// The order as canonical JSON on one line.
  package let payloadJSON: String

  /// A stored signal of these parts.
  package init(time: UTCTimestamp, symbol: Symbol, idempotencyKey: String, sourceTag: String, payloadJSON: String) {
    self.time = time
    self.symbol = symbol
    self.idempotencyKey = idempotencyKey
    self.sourceTag = sourceTag
    self.payloadJSON = payloadJSON
  }
}
