import PrepaperJSON

/// A rule that a pattern fails, with the names of the numbers that it compares.
struct PatternRule: Sendable {
  static let motherTooSmall = PatternRule("mother_too_small", "mother_range", "atr", "wanted")
  static let motherBodyFraction = PatternRule("mother_body_fraction", "fraction", "wanted")
  static let insideBodyFraction = PatternRule("inside_body_fraction", "fraction", "wanted")
  static let motherOutsideSession = PatternRule("mother_outside_session")
  static let signalAtWindowEnd = PatternRule("signal_at_window_end")
  static let nonPositiveRisk = PatternRule("non_positive_risk", "risk_long", "risk_short")
  static let rangeRatio = PatternRule("range_ratio", "ratio", "min", "max")
  static let doji = PatternRule("doji", "mother_body", "inside_body")
  static let coloursDiffer = PatternRule("colours_differ", "mother_body", "inside_body")

  let reason: String
  /// The time of the mother, then the numbers.
  let names: [String]

  private init(_ reason: String, _ numbers: String...) {
    self.reason = reason
    names = ["mother_ts"] + numbers
  }
}
