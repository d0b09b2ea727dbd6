internal import Glibc
import PrepaperDomain
package import PrepaperJSON

/// A file by which an operator registers something, read but not understood yet.
package struct RegistrationFile: Sendable {
  private static let mostBytes = 1 << 20

  /// Its absolute path.
  package let path: String
  /// Its name without `.json`.
  package let name: String
  /// Its text as it stands.
  package let text: String
  /// What it says.
  package let json: JSONValue

  /// The file at a path, or nil where there is none.
  ///
  /// - Throws: `RegistrationError` where everybody may write it, it cannot be read, or is not JSON.
  package init?(path: String, name: String) throws(RegistrationError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else {
      throw RegistrationError(path, "cannot be read: \(unsafe String(cString: strerror(errno))); check its rights")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RegistrationError(path, "is not a regular file")
    }
    guard status.st_mode & S_IWOTH == 0 else {
      throw RegistrationError(path, "everybody may write it, so anybody could register a program; chmod o-w it")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw RegistrationError(path, "cannot be read: \(unsafe String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= Self.mostBytes else { throw RegistrationError(path, "is longer than 1 MiB") }
    }
    self.path = path
    self.name = name
    text = String(decoding: bytes, as: UTF8.self)
    do throws(JSONParseError) {
      json = try JSONParser.parse(bytes)
    } catch {
      throw RegistrationError(path, "is not JSON: \(error)")
    }
  }

  /// What a reader makes of it.
  ///
  /// - Throws: `RegistrationError` with the file's name before what the reader throws.
  func reading<Value>(_ reader: (JSONValue) throws(JSONFault) -> Value) throws(RegistrationError) -> Value {
    do throws(JSONFault) {
      return try reader(json)
    } catch {
      throw RegistrationError(path, error.description)
    }
  }
}
