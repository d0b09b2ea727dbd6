import PrepaperJSON

/// What is wrong with the descriptor of a source: which file, where in it, and what is wanted.
package struct DescriptorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// File, place and problem: `sources.d/mine.json: limits.pages must be a whole number, is text`.
  package let description: String

  /// A problem in a file.
  package init(_ file: String, _ problem: String) {
    description = "\(file): \(problem)"
  }
}
