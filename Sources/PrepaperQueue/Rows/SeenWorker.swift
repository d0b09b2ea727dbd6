package import PrepaperDomain

/// A worker on the list.
package struct SeenWorker: Hashable, Sendable {
  /// Its name, and the machine that it is on.
  package let name, host: String
  /// Its process there.
  package let processID: Int32
  /// When it began, and when it last gave a sign of life.
  package let startedAt, seenAt: UTCTimestamp
}
