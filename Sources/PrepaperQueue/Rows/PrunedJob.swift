package import PrepaperDomain

/// A job that is taken out of the queue, and what it has left elsewhere.
package struct PrunedJob: Hashable, Sendable {
  /// Which run it was.
  package let runID: RunID
  /// The directory that its files are below.
  package let artifactsRoot: String
  /// Whether its run is published there.
  package let isPublished: Bool
  /// The names of its logs, relative to the directory beside the queue.
  package let logs: [String]
}
