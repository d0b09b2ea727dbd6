internal import Glibc

/// Which file is at a path, and how long it is.
struct FileIdentity: Equatable {
  private let device, inode: UInt64
  /// Its length.
  let bytes: Int64

  /// Nil where there is none.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    bytes = Int64(status.st_size)
  }

  static func == (left: FileIdentity, right: FileIdentity) -> Bool {
    left.device == right.device && left.inode == right.inode
  }
}
