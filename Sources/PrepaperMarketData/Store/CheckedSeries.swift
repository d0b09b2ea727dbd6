/// What a check of a series in a store has found.
package struct CheckedSeries: Sendable {
  /// The instrument, as it stands in the store.
  package let symbol: String
  /// The timeframe, as it stands in the store.
  package let timeframe: String
  /// How many bars there are.
  package let bars: Int
  /// The first bar that breaks a rule; nil where all of them hold to all rules.
  package let broken: BrokenBar?
  /// Bars of it that came again with other numbers.
  package let revisions: [RecordedRevision]
}
