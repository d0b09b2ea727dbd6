package import PrepaperDomain

/// A place that bars come from.
package protocol BarSource: Sendable {
  /// What kind of place it is, in words that are the same on every machine: `csv`, `synthetic`.
  var kind: String { get }
  /// How its prices are adjusted, as far as it says.
  var adjustment: String { get }
  /// Whether its bars are made up.
  var isSynthetic: Bool { get }

  /// Opens the bars of a symbol.
  ///
  /// - Parameters:
  ///   - timeframe: the timeframe that is wanted in the end.
  ///   - base: the timeframe to take, or nil for the best that builds `timeframe`.
  /// - Throws: `RunError` with `symbol_unknown` or `bars_invalid`.
  func open(_ symbol: Symbol, timeframe: Timeframe, base: Timeframe?) async throws -> any BarFeed
}
