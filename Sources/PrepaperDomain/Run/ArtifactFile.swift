/// A file of a run: where it is, how long, and what is in it.
package struct ArtifactFile: Hashable, Sendable {
  /// Relative to the run's directory.
  package let path: String
  /// Its length.
  package let bytes: Int
  /// SHA-256 of its bytes.
  package let sha256: String

  /// A file of these properties.
  package init(path: String, bytes: Int, sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }
}
