/// The name of a run, a PrePaper one or a backtest: `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`.
///
/// It names a directory, so `..`, `/` and control characters cannot be in it.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The rule as messages show it.
  package static let rule = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}"

  /// The id as given.
  package let description: String

  /// The id, or nil where the text breaks the rule.
  package init?(_ text: String) {
    guard SafeName.isValid(text, limit: 128, punctuation: "._-") else { return nil }
    description = text
  }

  /// Ordered by bytes, on every machine alike.
  package static func < (left: RunID, right: RunID) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}
