internal import CLinux
internal import Glibc
import PrepaperDomain

/// The directory beside a queue, `<queue.db>.d`: locks, sockets and logs.
///
/// Nothing of them is kept on the database files themselves: closing any descriptor of those drops SQLite's own locks.
package struct QueueDirectory: Sendable {
  /// Its path.
  package let path: String

  /// The directory beside a queue; it need not be there yet.
  package init(queuePath: String) {
    path = "\(queuePath).d"
  }

  /// The directory of locks.
  var locks: String { "\(path)/locks" }
  /// The directory of sockets.
  var bells: String { "\(path)/bells" }

  /// The path of something in it, by the name that the queue knows.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes it, for the user and the group.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func make() throws {
    for directory in [path, locks, bells, "\(path)/logs"] {
      guard unsafe mkdir(directory, 0o770) == 0 || errno == EEXIST else {
        throw systemFailure("make directory", directory)
      }
    }
  }

  /// Whether the kernel of another machine may have it too, so that a lock here tells nothing.
  package var isOnNetwork: Bool {
    var status = statfs()
    guard unsafe statfs(path, &status) == 0 else { return true }
    return Self.networkFileSystems.contains(UInt32(truncatingIfNeeded: status.f_type))
  }

  // From statfs(2): NFS, SMB, SMB2, CIFS, 9P, FUSE, Ceph, AFS, Coda, NCP, OCFS2, GFS2, Lustre, virtiofs is FUSE.
  private static let networkFileSystems: Set<UInt32> = [
    0x6969, 0x517b, 0xfe53_4d42, 0xff53_4d42, 0x0102_1997, 0x6573_5546, 0x00c3_6400, 0x5346_414f, 0x7375_7245,
    0x564c, 0x7461_636f, 0x0116_1970, 0x0bd0_0bd0,
  ]
}
