internal import Glibc
package import PrepaperDomain
import PrepaperJSON

/// The directory with `backtests/` and `prepaper/` in it.
package struct ArtifactsRoot: Hashable, Sendable {
  /// Its absolute path.
  package let path: String

  /// The root at an absolute path.
  package init(path: String) {
    self.path = path
  }

  /// Where a run's published files are.
  package func runDirectory(_ runID: RunID) -> String { "\(path)/prepaper/\(runID)" }

  /// Where all staged files are.
  var staging: String { "\(path)/prepaper/.staging" }

  /// Where an attempt's files are until they are published.
  package func stagingDirectory(_ runID: RunID, attempt: Int64) -> String {
    "\(staging)/\(runID).\(attempt)"
  }

  /// Where files of a run are kept that could not become one.
  func asideDirectory(_ runID: RunID) -> String { "\(path)/prepaper/.aside/\(runID)" }

  /// The manifest of a backtest; nothing under `backtests/` is ever written.
  ///
  /// - Throws: `RunError` with `manifest_not_found` or `manifest_invalid`.
  package func backtest(_ runID: RunID) throws(RunError) -> BacktestManifest {
    let directory = "\(path)/backtests/\(runID)"
    let json = try manifest("\(directory)/\(RunFile.manifest)", of: runID)
    return try BacktestManifest(json: json, directory: runID) { () throws(RunError) -> JSONValue in
      try manifest("\(directory)/\(BacktestFile.result)", of: runID)
    }
  }

  /// The bytes of a file of a backtest beside its manifest, or nil where there is none.
  ///
  /// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
  package func backtestFile(_ file: BacktestFile, of runID: RunID) throws(RunError) -> [UInt8]? {
    try bytesOfFile("\(path)/backtests/\(runID)/\(file)")
  }

  /// The bytes of a published file of a run, or nil where there is none.
  ///
  /// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
  package func published(_ file: String, of runID: RunID) throws(RunError) -> [UInt8]? {
    try bytesOfFile("\(runDirectory(runID))/\(file)")
  }

  /// The bytes of one of a run's own files, or nil where there is none.
  ///
  /// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
  package func published(_ file: RunFile, of runID: RunID) throws(RunError) -> [UInt8]? {
    try published(file.name, of: runID)
  }

  /// The paths of a run's published files, relative to its directory and sorted; nil where there is no such run.
  ///
  /// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
  package func publishedPaths(of runID: RunID) throws(RunError) -> [String]? {
    let directory = runDirectory(runID)
    var status = stat()
    guard unsafe lstat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return try paths(in: directory, prefix: "").sorted(by: precedesByBytes)
  }

  /// The ids of all published runs, sorted.
  ///
  /// - Throws: `RunError` with `cannot_write` where the directory is there and cannot be read.
  package func publishedRuns() throws(RunError) -> [RunID] {
    try names(in: "\(path)/prepaper").compactMap { RunID($0) }.sorted { precedesByBytes("\($0)", "\($1)") }
  }

  private func paths(in directory: String, prefix: String) throws(RunError) -> [String] {
    var paths: [String] = []
    for name in try names(in: directory) {
      var status = stat()
      guard unsafe lstat("\(directory)/\(name)", &status) == 0 else {
        throw fileFailure("look at", "\(directory)/\(name)")
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        paths += try self.paths(in: "\(directory)/\(name)", prefix: "\(prefix)\(name)/")
      } else {
        paths.append("\(prefix)\(name)")
      }
    }
    return paths
  }

  /// Removes the staged files of an attempt, if there are any: from its first step on they cannot be published.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  package func discardStaging(_ runID: RunID, attempt: Int64) throws(RunError) {
    let staged = stagingDirectory(runID, attempt: attempt)
    try remove(staged, by: "\(staged).gone")
  }

  /// Removes the published files of a run, if there are any, and what was set aside of it; a reader sees all or none.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  package func removePublished(_ runID: RunID) throws(RunError) {
    try remove(runDirectory(runID), by: "\(staging)/\(runID).0.gone")
    try removeAside(runID)
  }

  /// Removes what is kept of a run that could not become one.
  func removeAside(_ runID: RunID) throws(RunError) {
    try remove(asideDirectory(runID), by: "\(staging)/\(runID).0.gone")
  }

  /// Moves a directory out of the way in one step, and removes it there.
  private func remove(_ directory: String, by gone: String) throws(RunError) {
    if unsafe rename(directory, gone) != 0 {
      switch errno {
      case ENOENT, ENOTDIR: break
      case ENOTEMPTY, EEXIST:
        // What a crash left there.
        try removeContents(of: gone)
        guard unsafe rename(directory, gone) == 0 || errno == ENOENT else { throw fileFailure("remove", directory) }
      default: throw fileFailure("remove", directory)
      }
    }
    // A file or a link in the directory's place: what a link leads to is none of ours.
    if unsafe unlink(gone) == 0 || errno == ENOENT { return }
    try removeContents(of: gone)
    guard unsafe rmdir(gone) == 0 || errno == ENOENT else { throw fileFailure("remove", gone) }
  }

  private func manifest(_ file: String, of runID: RunID) throws(RunError) -> JSONValue {
    let bytes: [UInt8]
    do {
      bytes = try readFile(file)
    } catch let code {
      let reason = unsafe String(cString: strerror(code.value))
      throw RunError(
        .manifestNotFound,
        "cannot read \(file) of backtest \(runID): \(reason); check --backtest-run-id and --artifacts-root")
    }
    do {
      return try JSONParser.parse(bytes)
    } catch let error {
      throw RunError(.manifestInvalid, "\(file) is not JSON: \(error)")
    }
  }
}
