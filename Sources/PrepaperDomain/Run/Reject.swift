package import PrepaperJSON

/// What a strategy saw and did not take, or sizing did not: the rule that failed, and the numbers of it.
package struct Reject: Hashable, Sendable {
  /// The open of the bar that was looked at; where sizing refuses a signal, the signal's decision time.
  package let time: UTCTimestamp
  /// The instrument.
  package let symbol: Symbol
  /// The rule, `mother_too_small`.
  package let reason: String
  /// The numbers that the rule compared, by name.
  package var numbers: [String: JSONValue] { facts.members }
  private let facts: Facts

  /// A reject of these parts.
  package init(time: UTCTimestamp, symbol: Symbol, reason: String, numbers: [String: JSONValue]) {
    self.init(time: time, symbol: symbol, reason: reason, facts: Facts(numbers))
  }

  /// A reject of these parts.
  package init(time: UTCTimestamp, symbol: Symbol, reason: String, facts: Facts) {
    self.time = time
    self.symbol = symbol
    self.reason = reason
    self.facts = facts
  }

  /// The reject as `--json` and `run_meta.json` show it.
  package var json: JSONValue {
    .object([
      "ts": .string(time.rfc3339), "symbol": .string(symbol.description), "reason": .string(reason),
      "numbers": .object(numbers),
    ])
  }
}
