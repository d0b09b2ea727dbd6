internal import Foundation
internal import PrepaperDomain
internal import PrepaperProcesses

/// A directory that is new for one start of a program, the only one in which it may write, and gone after it: nothing
/// that a program saw in one start is there in another.
struct ScratchDirectory: Sendable {
  let path: String

  /// Makes it in a directory that is there.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  static func made(in parent: String) async throws(RunError) -> ScratchDirectory {
    let result: Result<ScratchDirectory, RunError> = await withCheckedContinuation { continuation in
      onThreadOfItsOwn {
        var path = Array("\(parent)/prepaper.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&path) != nil else {
          let reason = unsafe String(cString: strerror(errno))
          continuation.resume(
            returning: .failure(
              RunError(.cannotWrite, "cannot make a directory for a program in \(parent): \(reason); set TMPDIR")))
          return
        }
        let made = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        continuation.resume(returning: .success(ScratchDirectory(path: made)))
      }
    }
    return try result.get()
  }

  /// Removes it with everything in it, also what the program has closed to itself.
  ///
  /// - Throws: `RunError` with `cannot_write` where something is left: the next start could find it.
  func remove() async throws(RunError) {
    let problem: RunError? = await withCheckedContinuation { continuation in
      onThreadOfItsOwn { [path] in
        do {
          try Self.open(path)
          try FileManager.default.removeItem(atPath: path)
          continuation.resume(returning: nil)
        } catch {
          continuation.resume(
            returning: RunError(
              .cannotWrite, "cannot remove \(path), the directory of a program that has ended: \(error)"))
        }
      }
    }
    if let problem { throw problem }
  }

  /// Gives a directory and those in it their owner's rights again; links are not followed.
  private static func open(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      let inner = "\(path)/\(name)"
      let kind = try FileManager.default.attributesOfItem(atPath: inner)[.type] as? FileAttributeType
      if kind == .typeDirectory { try open(inner) }
    }
  }
}
