import Foundation
import Glibc

/// A path behind a directory that lets this process's user not in.
struct ClosedPath {
  private let path: String
  private let directory: String
  private let owner: uid_t
  private let group: gid_t
  private let isOpenToGroup: Bool

  /// What closes the path, or nil where nothing does.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) != 0, errno == EACCES else { return nil }
    var directory = "/"
    for part in path.split(separator: "/").dropLast() {
      directory += directory == "/" ? part : "/\(part)"
      if unsafe access(directory, X_OK) != 0 { break }
    }
    guard unsafe stat(directory, &status) == 0 else { return nil }
    self.path = path
    self.directory = directory
    owner = status.st_uid
    group = status.st_gid
    isOpenToGroup = status.st_mode & S_IXGRP != 0
  }

  /// The failure of a command that needs the path, with exit code 73.
  var failure: CommandFailure {
    let ownerName = unsafe getpwuid(owner).map { unsafe String(cString: $0.pointee.pw_name) } ?? "\(owner)"
    let groupName = unsafe getgrgid(group).map { unsafe String(cString: $0.pointee.gr_name) } ?? "\(group)"
    let remedy =
      isOpenToGroup
      ? "is for members of the group '\(groupName)'; have yourself added to it (usermod -aG \(groupName) \(NSUserName())) "
        + "and log in again"
      : "is for its owner '\(ownerName)' alone"
    return CommandFailure("cannot_write", "cannot get at \(path): \(directory) \(remedy)", .cannotWrite)
  }
}
