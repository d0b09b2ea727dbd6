/// A place that bars come from.
package protocol BarSource: Sendable {
  /// What kind of place it is, in words that are the same on every machine: `csv`, `synthetic`, `http`.
  var kind: String { get }
  /// How its prices are adjusted, as far as it says.
  var adjustment: String { get }
  /// Whether its bars are made up.
  var isSynthetic: Bool { get }

  /// Opens the bars of a symbol.
  ///
  /// - Throws: `RunError` with `symbol_unknown`, `bars_invalid` or `provider_unavailable`.
  func open(_ request: FeedRequest) async throws -> any BarFeed
}
