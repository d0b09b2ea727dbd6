internal import CLinux
internal import Glibc

/// Has this thread, and whatever it starts from then on, write files beneath one directory alone, by landlock(7).
///
/// A thread cannot be freed of it again. What is open already stays open, and `/dev/null` can be written.
struct WriteLimit {
  let directory: String

  /// Whether the kernel can hold anybody to it.
  static let isSupported = linux_landlock_version() > 0

  /// Takes the limit upon this thread; where the kernel cannot do so, nothing happens.
  func takeOnThisThread() throws(Failure) {
    guard Self.isSupported else { return }
    let version = linux_landlock_version()
    var rights =
      UInt64(LINUX_LANDLOCK_WRITE_FILE | LINUX_LANDLOCK_REMOVE_DIR | LINUX_LANDLOCK_REMOVE_FILE)
      | UInt64(LINUX_LANDLOCK_MAKE_ANY)
    var ofFiles = UInt64(LINUX_LANDLOCK_WRITE_FILE)
    if version >= 2 { rights |= UInt64(LINUX_LANDLOCK_REFER) }
    if version >= 3 {
      rights |= UInt64(LINUX_LANDLOCK_TRUNCATE)
      ofFiles |= UInt64(LINUX_LANDLOCK_TRUNCATE)
    }
    let rules = linux_landlock_create(rights)
    guard rules >= 0 else { throw Failure(code: errno) }
    defer { close(rules) }
    for (path, allowed) in [(directory, rights), ("/dev/null", ofFiles)] {
      let descriptor = unsafe open(path, Int32(LINUX_O_PATH) | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure(code: errno) }
      defer { close(descriptor) }
      guard linux_landlock_allow(rules, allowed, descriptor) == 0 else { throw Failure(code: errno) }
    }
    guard linux_landlock_restrict(rules) == 0 else { throw Failure(code: errno) }
  }

  /// What the kernel answered.
  struct Failure: Error {
    let code: Int32
  }
}
