internal import Glibc
import PrepaperJSON

/// The folders in which an operator registers programs, a file `NAME.json` for each.
///
/// No folder goes before another: a name that stands in two of them is an error.
package struct RegistrationFolders: Sendable {
  /// Their absolute paths.
  package let paths: [String]

  /// These folders; those that are not there have nothing in them.
  package init(_ paths: [String]) {
    self.paths = paths
  }

  /// Whether a name may be registered: `[a-z][a-z0-9_]{0,63}`.
  package static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
    return name.utf8.count <= 64
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }

  /// Every name of a file that ends in `.json` and does not begin with a dot, without the ending, sorted.
  ///
  /// - Throws: `RegistrationError` where a folder is there and cannot be read.
  package func names() throws(RegistrationError) -> [String] {
    var names: Set<String> = []
    for path in paths {
      guard let folder = unsafe opendir(path) else {
        if errno == ENOENT || errno == ENOTDIR { continue }
        throw RegistrationError(path, "cannot be read: \(unsafe String(cString: strerror(errno))); check its rights")
      }
      defer { unsafe closedir(folder) }
      while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
          unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name.hasSuffix(".json"), !name.hasPrefix(".") { names.insert(String(name.dropLast(5))) }
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The file of a name, or nil where it is not registered.
  ///
  /// - Throws: `RegistrationError` where it stands in two folders, or a file cannot be read.
  package func file(named name: String) throws(RegistrationError) -> RegistrationFile? {
    // What a request says becomes part of a path only where it is such a name.
    guard Self.isValid(name) else { return nil }
    var found: [RegistrationFile] = []
    for path in paths {
      if let file = try RegistrationFile(path: "\(path)/\(name).json", name: name) { found.append(file) }
    }
    guard found.count < 2 else {
      throw RegistrationError(
        found[0].path, "'\(name)' is registered in \(found[1].path) as well; keep one of them")
    }
    return found.first
  }
}
