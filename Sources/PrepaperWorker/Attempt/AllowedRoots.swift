internal import Glibc
package import PrepaperDomain

/// Which directories a worker writes below: a request chooses among them, no more.
package struct AllowedRoots: Sendable {
  private let roots: [String]?

  /// These directories, or nil for every directory of this process's user.
  package init(_ roots: [String]?) {
    self.roots = roots
  }

  /// Lets a root pass, links resolved, or says why not.
  ///
  /// - Throws: `RunError` with `artifacts_root_refused`, or `manifest_not_found` where the root is not there.
  package func check(_ root: String) throws(RunError) {
    guard let real = Self.realPath(root) else {
      throw RunError(
        .manifestNotFound,
        "cannot open the artifacts root \(root): \(unsafe String(cString: strerror(errno))); check --artifacts-root")
    }
    var status = stat()
    guard unsafe stat(real, &status) == 0 else { throw refused(root, unsafe String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw refused(root, "it is not a directory") }
    for name in ["prepaper", "prepaper/.staging"] {
      let own = (real == "/" ? "" : real) + "/\(name)"
      if let target = Self.realPath(own), target != own { throw refused(root, "\(own) is a link to \(target)") }
    }
    if let roots {
      let isAllowed = roots.compactMap(Self.realPath).contains { $0 == "/" || real == $0 || real.hasPrefix($0 + "/") }
      guard isAllowed else {
        throw refused(root, "this worker writes below \(roots.joined(separator: ", ")) (PREPAPER_ARTIFACTS_ROOTS)")
      }
      return
    }
    guard status.st_uid == geteuid() else {
      throw refused(
        root,
        "it belongs to user \(status.st_uid), the worker runs as \(geteuid()); name it in PREPAPER_ARTIFACTS_ROOTS")
    }
  }

  private func refused(_ root: String, _ reason: String) -> RunError {
    RunError(.artifactsRootRefused, "artifacts root \(root) is refused: \(reason)")
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
