import PrepaperDomain
package import PrepaperJSON

/// A parameter as a strategy reads it.
package struct ParameterDeclaration: Hashable, Sendable {
  /// Its name.
  package let name: String
  /// Its other name, where it has one.
  package let alias: String?
  /// Its value where it is not given; nil where it is required.
  package let defaultValue: JSONValue?
  /// Which values are known, in words: `0.0…1.0`, `inclusive, strict`.
  package let values: String
}
