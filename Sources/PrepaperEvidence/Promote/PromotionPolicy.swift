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
  /// - `max_drift`: 0 to 1; not looked at without, or where it is null
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `RunError` with `policy_invalid`, naming the member.
  package init(_ json: JSONValue, name: String) throws(RunError) {
    do throws(JSONFault) {
      try self.init(json)
    } catch {
      throw RunError(.policyInvalid, "policy \(name): \(error)")
    }
  }

  private init(_ json: JSONValue) throws(JSONFault) {
    let members = try JSONMembers(
      json,
      optional: [
        "real_data", "approved_backtest", "replay", "verified", "lookahead", "min_signals", "max_drift",
        "schema_version",
      ], refusesNull: true)
    self.init()
    if let value = try members.optionalFlag("real_data") { realData = value }
    if let value = try members.optionalFlag("approved_backtest") { approvedBacktest = value }
    if let value = try members.optionalFlag("replay") { replay = value }
    if let value = try members.optionalFlag("verified") { verified = value }
    if let value = try members.optionalChoice("lookahead", of: Strictness.self) { lookahead = value.enough }
    if let value = try members.optionalInteger("min_signals", in: 0 ... .max) { minSignals = Int64(value) }
    if members["max_drift"] != .null { maxDrift = try members.optionalNumber("max_drift", in: 0...1) }
  }

  /// How strict a policy is with look-ahead proofs.
  private enum Strictness: String, CaseIterable {
    case holds, sampled, any

    var enough: Set<RunProof.Lookahead> {
      switch self {
      case .holds: [.holds]
      case .sampled: [.holds, .sampled]
      case .any: [.holds, .sampled, .noSignals, .notRun]
      }
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
