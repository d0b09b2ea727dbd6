package import PrepaperDomain
package import PrepaperJSON

/// What a run must be before it may be traded on paper, or with money.
///
/// A policy is a JSON object; what it does not say is as strict as can be.
package struct PromotionPolicy: Hashable, Sendable {
  /// Whether the bars must be real ones.
  package private(set) var realData = true
  /// Whether the backtest must have ended in `success`.
  package private(set) var approvedBacktest = true
  /// Which look-ahead proofs are enough.
  package private(set) var lookahead: Set<RunProof.Lookahead> = [.holds]
  /// Whether the run must have proven its replay.
  package private(set) var replay = true
  /// Whether every file and every signal must be what it was.
  package private(set) var verified = true
  /// How many signals there must be.
  package private(set) var minSignals: Int64 = 1
  /// The largest share of signals that may differ from the backtest's; nil does not look.
  package private(set) var maxDrift: Double?

  /// The strictest policy, which does not look at drift.
  package init() {}

  /// The policy in a JSON object.
  ///
  /// - `real_data`, `approved_backtest`, `replay`, `verified`: true or false; true without
  /// - `lookahead`: `"holds"`, `"sampled"` where that is enough too, `"any"`; `"holds"` without
  /// - `min_signals`: a whole number; 1 without
  /// - `max_drift`: 0 to 1; not looked at without
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `RunError` with `policy_invalid`, naming the member.
  package init(_ json: JSONValue, name: String) throws(RunError) {
    func invalid(_ member: String, _ problem: String) -> RunError {
      RunError(.policyInvalid, "policy \(name): \(member) \(problem)")
    }
    guard case .object(let members) = json else {
      throw RunError(.policyInvalid, "policy \(name) is \(json.kind); it must be an object")
    }
    let known = [
      "real_data", "approved_backtest", "replay", "verified", "lookahead", "min_signals", "max_drift",
      "schema_version",
    ]
    if let other = members.keys.sorted().first(where: { !known.contains($0) }) {
      throw invalid("'\(other)'", "is not known; known are: \(known.joined(separator: ", "))")
    }
    func flag(_ member: String) throws(RunError) -> Bool {
      switch members[member] {
      case nil: return true
      case .bool(let isSet)?: return isSet
      case let other?: throw invalid(member, "must be true or false, is \(other.kind)")
      }
    }
    realData = try flag("real_data")
    approvedBacktest = try flag("approved_backtest")
    replay = try flag("replay")
    verified = try flag("verified")
    switch members["lookahead"] {
    case nil, .string("holds")?: lookahead = [.holds]
    case .string("sampled")?: lookahead = [.holds, .sampled]
    case .string("any")?: lookahead = [.holds, .sampled, .noSignals, .notRun]
    default: throw invalid("lookahead", "must be \"holds\", \"sampled\" or \"any\"")
    }
    if let value = members["min_signals"] {
      guard let count = value.integerValue, count >= 0 else { throw invalid("min_signals", "must be a whole number") }
      minSignals = count
    }
    if let value = members["max_drift"], value != .null {
      guard let share = value.doubleValue, (0...1).contains(share) else { throw invalid("max_drift", "must be 0 to 1") }
      maxDrift = share
    }
  }

  /// The policy with every member.
  package var json: JSONValue {
    .object([
      "schema_version": .string("1.0.0"), "real_data": .bool(realData), "approved_backtest": .bool(approvedBacktest),
      "replay": .bool(replay), "verified": .bool(verified),
      "lookahead": .string(lookahead.contains(.notRun) ? "any" : lookahead.contains(.sampled) ? "sampled" : "holds"),
      "min_signals": .integer(minSignals), "max_drift": maxDrift.map(JSONValue.double) ?? .null,
    ])
  }
}
