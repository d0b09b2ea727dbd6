package import PrepaperDomain

/// What a strategy found in a window.
package struct StrategyResult: Hashable, Sendable {
  /// The decisions, in time's order.
  package var signals: [Signal] = []
  /// The patterns that were seen and not taken, in time's order.
  package var rejects: [Reject] = []

  /// Nothing yet.
  package init() {}
}
