import Foundation
import Glibc

/// What the rights of the file system let this process do with a path, in words that say how to mend it.
struct PathRights {
  let path: String

  /// - Parameter path: an absolute path; nothing need be there.
  init(_ path: String) {
    self.path = path
  }

  /// Why it cannot be looked at, or nil where it can, or is not there.
  var closed: AppError? {
    var status = stat()
    guard unsafe stat(path, &status) != 0, errno == EACCES else { return nil }
    var directory = "/"
    for part in path.split(separator: "/").dropLast() {
      directory += directory == "/" ? part : "/\(part)"
      if unsafe access(directory, X_OK) != 0 { break }
    }
    guard unsafe stat(directory, &status) == 0 else { return nil }
    let group = Self.group(status)
    let remedy =
      status.st_mode & S_IXGRP != 0
      ? "is for members of the group '\(group)'; have yourself added to it (usermod -aG \(group) \(NSUserName())) "
        + "and log in again"
      : "is for its owner '\(Self.owner(status))' alone; chmod 2770 \(directory) lets the group '\(group)' in, "
        + "chown -R \(NSUserName()) \(directory) makes it yours"
    return AppError("cannot_write", "cannot get at \(path): \(directory) \(remedy)", .cannotWrite)
  }

  /// Why the file or its directory cannot be written, or nil where both can, or are not there.
  var unwritable: AppError? {
    for place in [URL(fileURLWithPath: path).deletingLastPathComponent().path, path] {
      var status = stat()
      guard unsafe stat(place, &status) == 0, unsafe access(place, W_OK) != 0, errno == EACCES else { continue }
      let mode = String(status.st_mode & 0o7777, radix: 8)
      return AppError(
        "cannot_write",
        "cannot write \(place): it belongs to \(Self.owner(status)):\(Self.group(status)) with mode \(mode), and this is "
          + "'\(NSUserName())'; chown -R \(NSUserName()) \(place) makes it yours, or name another file", .cannotWrite)
    }
    return nil
  }

  private static func owner(_ status: stat) -> String {
    unsafe getpwuid(status.st_uid).map { unsafe String(cString: $0.pointee.pw_name) } ?? "\(status.st_uid)"
  }

  private static func group(_ status: stat) -> String {
    unsafe getgrgid(status.st_gid).map { unsafe String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
  }
}
