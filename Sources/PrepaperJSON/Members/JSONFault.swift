/// What is wrong with a member of a JSON document: where, and what it must be.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it is in the document: `limits.pages`, `timeframes[2]`; empty where the problem names its places itself.
  package let place: String
  /// What is wrong there: `must be a whole number, is text`.
  package let problem: String

  /// A problem at a place; the whole document where the place is empty.
  package init(at place: String = "", _ problem: String) {
    self.place = place
    self.problem = problem
  }

  /// Place and problem: `limits.pages must be a whole number, is text`.
  package var description: String { place.isEmpty ? problem : "\(place) \(problem)" }
}
