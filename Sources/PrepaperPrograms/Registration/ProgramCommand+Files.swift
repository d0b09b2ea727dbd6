internal import Glibc
package import PrepaperDomain
import PrepaperJSON

extension ProgramCommand {
  /// The program's file, and every argument that is the absolute path of a regular file: an interpreter's script.
  var files: [String] {
    [path]
      + arguments.filter { argument in
        var status = stat()
        guard argument.hasPrefix("/"), unsafe stat(argument, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFREG
      }
  }

  /// The SHA-256 that stands for what the command does.
  ///
  /// Of one file it is what `sha256sum FILE` prints. Of several, an interpreter and its script, it is the SHA-256 of
  /// their SHA-256 in the command's order, a line each: `sha256sum FILE… | cut -c1-64 | sha256sum`.
  ///
  /// - Throws: `RunError` with `strategy_failed` where a file cannot be read.
  package func digest() throws(RunError) -> String {
    var digests: [String] = []
    for file in files {
      do {
        digests.append(try FileDigest.sha256(file))
      } catch {
        throw RunError(.strategyFailed, "cannot read the program's file \(file): \(error.reason)")
      }
    }
    return digests.count == 1 ? digests[0] : sha256Hex(digests.map { "\($0)\n" }.joined())
  }
}

/// The digest of a file.
private enum FileDigest {
  struct Failure: Error {
    let reason: String
  }

  static func sha256(_ path: String) throws(Failure) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure() }
      if count == 0 { return sha256Hex(bytes) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func failure() -> Failure { Failure(reason: unsafe String(cString: strerror(errno))) }
}
