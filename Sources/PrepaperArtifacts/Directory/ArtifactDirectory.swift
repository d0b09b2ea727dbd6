internal import CLinux
internal import Glibc
package import PrepaperDomain
import PrepaperJSON

/// A directory that a run's files are written into, each with its digest.
package struct ArtifactDirectory: Sendable {
  /// Its absolute path.
  package let path: String

  /// Makes a directory where there is none; the one above it must be there.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package init(path: String) throws(RunError) {
    self.path = path
    try makeDirectory(path)
  }

  /// Writes a file that is not there yet; it is not durable by then.
  ///
  /// The path is relative and its directories are made.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func write(_ bytes: [UInt8], to file: String) throws(RunError) -> ArtifactFile {
    try write(to: file) { write throws(RunError) in try write(bytes) }
  }

  /// Writes a file that is not there yet, piece by piece; it is not durable by then.
  ///
  /// The path is relative and its directories are made.
  ///
  /// - Parameter pieces: gives the file's bytes to the function that it gets.
  /// - Throws: `RunError` with `cannot_write` or `disk_full`, and what `pieces` throws.
  package func write(
    to file: String, _ pieces: (_ write: ([UInt8]) throws(RunError) -> Void) throws(RunError) -> Void
  ) throws(RunError) -> ArtifactFile {
    let target = "\(path)/\(file)"
    for slash in file.indices where file[slash] == "/" { try makeDirectory("\(path)/\(file[..<slash])") }
    let descriptor = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw fileFailure("create", target) }
    defer { close(descriptor) }
    var digest = RunningDigest()
    var length = 0
    try pieces { bytes throws(RunError) in
      digest.update(bytes)
      length += bytes.count
      var written = 0
      while written < bytes.count {
        let count = unsafe bytes[written...].withUnsafeBytes {
          unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw fileFailure("write", target) }
        written += count
      }
    }
    // The disk begins at once, so that there is little left to wait for when the directory is sealed. It may not be able
    // to; what counts is the sync then.
    _ = sync_file_range(descriptor, 0, 0, UInt32(LINUX_SYNC_FILE_RANGE_WRITE))
    return ArtifactFile(path: file, bytes: length, sha256: digest.hex)
  }

  /// Writes one of a run's own files, piece by piece.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`, and what `pieces` throws.
  package func write(
    to file: RunFile, _ pieces: (_ write: ([UInt8]) throws(RunError) -> Void) throws(RunError) -> Void
  ) throws(RunError) -> ArtifactFile {
    try write(to: file.name, pieces)
  }

  /// Takes a file of another directory in as well: the same one where that is possible, else a copy.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func adopt(_ file: String, from directory: String) throws(RunError) {
    let target = "\(path)/\(file)"
    for slash in file.indices where file[slash] == "/" { try makeDirectory("\(path)/\(file[..<slash])") }
    if unsafe link("\(directory)/\(file)", target) == 0 { return }
    guard let bytes = try bytesOfFile("\(directory)/\(file)") else {
      throw fileFailure("copy", "\(directory)/\(file)", errno: ENOENT)
    }
    _ = try write(bytes, to: file)
  }

  /// The bytes of a file in it, or nil where there is none.
  ///
  /// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
  package func read(_ file: String) throws(RunError) -> [UInt8]? { try bytesOfFile("\(path)/\(file)") }

  /// Removes a directory in it with what is in that, if it is there.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  package func remove(directory name: String) throws(RunError) {
    let directory = "\(path)/\(name)"
    try removeContents(of: directory)
    guard unsafe rmdir(directory) == 0 || errno == ENOENT else { throw fileFailure("remove", directory) }
  }
}
