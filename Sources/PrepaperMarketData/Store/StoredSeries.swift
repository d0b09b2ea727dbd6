package import PrepaperDomain

/// A series that a store has, by the names that its rows have, whoever wrote them.
package struct StoredSeries: Hashable, Sendable {
  /// The instrument, as it stands in the store.
  package let symbol: String
  /// The timeframe, as it stands in the store.
  package let timeframe: String
  /// How many bars there are.
  package let bars: Int
  /// The opens of the first and the last of them.
  package let ends: ClosedRange<UTCTimestamp>
}
