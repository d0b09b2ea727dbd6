/// An instrument's ticker, safe in a file name: `[A-Za-z0-9][A-Za-z0-9._=^-]{0,31}`.
package struct Symbol: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The rule as messages show it.
  package static let rule = "[A-Za-z0-9][A-Za-z0-9._=^-]{0,31}"

  /// The ticker as given.
  package let description: String

  /// The symbol, or nil where the text is none.
  package init?(_ text: String) {
    guard SafeName.isValid(text, limit: 32, punctuation: "._=^-") else { return nil }
    description = text
  }

  /// Ordered by bytes, on every machine alike.
  package static func < (left: Symbol, right: Symbol) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}
