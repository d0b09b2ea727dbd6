/// What became of bars that were imported.
package struct BarImport: Hashable, Sendable {
  /// How many were not there.
  package internal(set) var added = 0
  /// How many were there with the same numbers.
  package internal(set) var unchanged = 0
  /// How many took the place of one with other numbers.
  package internal(set) var replaced = 0
}
