import Glibc
import PrepaperDomain

/// Makes a directory where there is none; the one above it must be there.
func makeDirectory(_ path: String) throws(RunError) {
  guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw fileFailure("make directory", path) }
}

/// Makes the names in a directory durable; what is not there, or is a file, has none.
func syncDirectory(_ path: String) throws(RunError) {
  let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return }
  guard descriptor >= 0 else { throw fileFailure("open", path) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw fileFailure("sync", path) }
}

/// Makes a directory durable with every file and directory in it, the innermost first.
func syncTree(_ path: String) throws(RunError) {
  for name in try names(in: path) {
    let entry = "\(path)/\(name)"
    let descriptor = unsafe open(entry, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw fileFailure("open", entry) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw fileFailure("look at", entry) }
    if status.st_mode & S_IFMT == S_IFDIR {
      try syncTree(entry)
    } else {
      guard fsync(descriptor) == 0 else { throw fileFailure("sync", entry) }
    }
  }
  try syncDirectory(path)
}

/// Removes everything in a directory, not following links.
func removeContents(of path: String) throws(RunError) {
  for name in try names(in: path) {
    let entry = "\(path)/\(name)"
    if unsafe unlink(entry) == 0 || errno == ENOENT { continue }
    guard errno == EISDIR || errno == EPERM else { throw fileFailure("remove", entry) }
    try removeContents(of: entry)
    // Two workers may rescue the same attempt.
    guard unsafe rmdir(entry) == 0 || errno == ENOENT else { throw fileFailure("remove", entry) }
  }
}

/// The names in a directory without `.` and `..`; none where it is not there.
///
/// A link to a directory is refused: what is behind it may be removed.
func names(in path: String) throws(RunError) -> [String] {
  let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
  guard descriptor >= 0 else {
    if errno == ENOENT { return [] }
    throw fileFailure("list", path)
  }
  guard let directory = unsafe fdopendir(descriptor) else {
    let failure = fileFailure("list", path)
    close(descriptor)
    throw failure
  }
  defer { unsafe closedir(directory) }
  var names: [String] = []
  while let entry = unsafe readdir(directory) {
    let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
