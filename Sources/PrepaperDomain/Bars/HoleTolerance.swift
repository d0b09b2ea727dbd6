/// How much of the expected history may lack: a minute without a trade is no bar, and not a loss.
package struct HoleTolerance: Hashable, Sendable {
  /// The share of the expected base bars that may lack, 0 to 1.
  package let missingShare: Double
  /// How long a single hole may be.
  package let longestHole: Duration

  /// A tolerance of these limits; by default 1 % and 15 minutes.
  package init(missingShare: Double = 0.01, longestHole: Duration = .seconds(900)) {
    self.missingShare = missingShare
    self.longestHole = longestHole
  }
}
