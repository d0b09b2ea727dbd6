/// What a prune would take.
package struct Prunable: Hashable, Sendable {
  /// How many jobs, with how many attempts, and how many of the jobs are published.
  package let jobs, attempts, published: Int
}
