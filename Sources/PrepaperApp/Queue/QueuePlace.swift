import Glibc

/// The file system that a queue is on.
struct QueuePlace {
  /// What keeps a queue from being written.
  enum Trouble: String {
    /// The file system is mounted to be read only.
    case readOnly = "read_only"
    /// There is no room left.
    case diskFull = "disk_full"
  }

  /// With less, the next transactions cannot be written.
  private static let leastRoom: UInt64 = 1 << 20

  private let directory: String

  /// - Parameter queuePath: the queue's file; it need not be there.
  init(queuePath: String) {
    directory = String(queuePath.prefix(upTo: queuePath.lastIndex(of: "/") ?? queuePath.startIndex)) + "/"
  }

  /// What is wrong with it now, as far as can be told.
  var trouble: Trouble? {
    var status = statvfs()
    guard unsafe statvfs(directory, &status) == 0 else { return nil }
    if status.f_flag & UInt(ST_RDONLY) != 0 { return .readOnly }
    // Some file systems do not count their blocks, or their files.
    let isFull = status.f_blocks > 0 && UInt64(status.f_bavail) * UInt64(status.f_frsize) < Self.leastRoom
    let hasNoFiles = status.f_files > 0 && status.f_favail == 0
    return isFull || hasNoFiles ? .diskFull : nil
  }

  /// What is wrong, for people.
  func words(_ trouble: Trouble) -> String {
    switch trouble {
    case .readOnly: "\(directory) is on a read-only file system: no run can be submitted or executed"
    case .diskFull: "\(directory) has no room left: no run can be submitted or executed until there is some"
    }
  }
}
