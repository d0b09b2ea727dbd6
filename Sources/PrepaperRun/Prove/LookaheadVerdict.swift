package import PrepaperDomain
package import PrepaperJSON

/// What came of a run's decisions without the bars after them, and with other ones.
package struct LookaheadVerdict: Hashable, Sendable {
  /// What may be said of all of them.
  package let status: RunProof.Lookahead
  /// How many signals there are, and how many of them were tried.
  package let signals, tried: Int
  /// At how many instants without a signal it was tried whether there is none.
  package let quiet: Int
  /// How many trials had all bars up to their instant; the others its session alone.
  package let longTests: Int
  /// Why not all signals were tried; nil where all were.
  package let reason: String?
  /// The first decision that is another one, in words; nil where all are the same.
  package let violation: String?

  /// A verdict of these parts.
  package init(
    status: RunProof.Lookahead, signals: Int, tried: Int, quiet: Int, longTests: Int, reason: String? = nil,
    violation: String? = nil
  ) {
    self.status = status
    self.signals = signals
    self.tried = tried
    self.quiet = quiet
    self.longTests = longTests
    self.reason = reason
    self.violation = violation
  }

  /// The verdict as `run_meta.json` has it.
  package var json: JSONValue {
    .object(dropping: [
      "status": .string(status.rawValue), "signals": .integer(Int64(signals)), "tried": .integer(Int64(tried)),
      "quiet": .integer(Int64(quiet)), "long_tests": .integer(Int64(longTests)),
      "reason": reason.map(JSONValue.string), "violation": violation.map(JSONValue.string),
    ])
  }

  /// The verdict in JSON, or nil where it is none.
  init?(_ json: JSONValue) {
    guard let status = json["status"]?.stringValue.flatMap(RunProof.Lookahead.init),
      let signals = json["signals"]?.integerValue, let tried = json["tried"]?.integerValue,
      let quiet = json["quiet"]?.integerValue, let longTests = json["long_tests"]?.integerValue
    else { return nil }
    self.init(
      status: status, signals: Int(signals), tried: Int(tried), quiet: Int(quiet), longTests: Int(longTests),
      reason: json["reason"]?.stringValue, violation: json["violation"]?.stringValue)
  }
}
