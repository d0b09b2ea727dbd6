import Foundation
import PrepaperDomain

/// A file with a key.
struct KeyFile {
  /// All that is in it.
  let text: String

  /// The file at a path.
  ///
  /// - Throws: `RunError` with `key_invalid` where it cannot be read.
  init(path: String) throws(RunError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RunError(.keyInvalid, "cannot read the key \(path)")
    }
    text = String(decoding: data, as: UTF8.self)
  }
}
