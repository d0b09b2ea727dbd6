package import PrepaperDomain

/// A revision as a store has it.
package struct RecordedRevision: Hashable, Sendable {
  /// The bar as it was there, and as it came.
  package let revision: BarRevision
  /// Whether the bar that came took the other one's place.
  package let isReplaced: Bool
  /// What kind of source it came from.
  package let source: String
  /// When it was first seen.
  package let seenAt: UTCTimestamp
}
