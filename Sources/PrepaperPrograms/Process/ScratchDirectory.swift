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

  /// Removes it with everything in it; what cannot be removed stays.
  func remove() async {
    await withCheckedContinuation { continuation in
      onThreadOfItsOwn { [path] in
        try? FileManager.default.removeItem(atPath: path)
        continuation.resume()
      }
    }
  }
}
