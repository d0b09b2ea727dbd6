package import PrepaperDomain
package import PrepaperJSON

/// What came of a run's signals without the bars after their decisions, and with other ones.
package struct LookaheadVerdict: Hashable, Sendable {
  /// What may be said of all of them.
  package let status: RunProof.Lookahead
  /// How many signals there are, and how many of them were tried.
  package let signals, tried: Int
  /// How many decisions were tried on the bars from the run's first one on; the others on their own session alone.
  package let longTests: Int
  /// The first signal that is another one, in words; nil where all are the same.
  package let violation: String?

  /// A verdict of these parts.
  package init(status: RunProof.Lookahead, signals: Int, tried: Int, longTests: Int, violation: String? = nil) {
    self.status = status
    self.signals = signals
    self.tried = tried
    self.longTests = longTests
    self.violation = violation
  }

  /// The verdict as `run_meta.json` has it.
  package var json: JSONValue {
    .object(dropping: [
      "status": .string(status.rawValue), "signals": .integer(Int64(signals)), "tried": .integer(Int64(tried)),
      "long_tests": .integer(Int64(longTests)), "violation": violation.map(JSONValue.string),
    ])
  }

  /// The verdict in JSON, or nil where it is none.
  init?(_ json: JSONValue) {
    guard let status = json["status"]?.stringValue.flatMap(RunProof.Lookahead.init),
      let signals = json["signals"]?.integerValue, let tried = json["tried"]?.integerValue,
      let longTests = json["long_tests"]?.integerValue
    else { return nil }
    self.init(
      status: status, signals: Int(signals), tried: Int(tried), longTests: Int(longTests),
      violation: json["violation"]?.stringValue)
  }
}
