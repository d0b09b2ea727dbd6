package import PrepaperJSON

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

  /// The file as records list it.
  package var json: JSONValue {
    .object(["path": .string(path), "bytes": .integer(Int64(bytes)), "sha256": .string(sha256)])
  }

  /// A file as records list it, or nil where it is none.
  package init?(_ json: JSONValue) {
    guard let path = json["path"]?.stringValue, let bytes = json["bytes"]?.integerValue,
      let sha256 = json["sha256"]?.stringValue
    else { return nil }
    self.init(path: path, bytes: Int(bytes), sha256: sha256)
  }
}
