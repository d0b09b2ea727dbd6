internal import Glibc
package import PrepaperDomain

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

  /// Where an attempt's files are until they are published.
  package func stagingDirectory(_ runID: RunID, attempt: Int64) -> String {
    "\(path)/prepaper/.staging/\(runID).\(attempt)"
  }

  /// The manifest of a backtest; nothing under `backtests/` is ever written.
  ///
  /// - Throws: `RunError` with `manifest_not_found` or `manifest_invalid`.
  package func backtest(_ runID: RunID) throws(RunError) -> BacktestManifest {
    let directory = "\(path)/backtests/\(runID)"
    let json = try manifest("\(directory)/run_manifest.json", of: runID)
    return try BacktestManifest(json: json, directory: runID) { () throws(RunError) -> JSONValue in
      try manifest("\(directory)/run_result.json", of: runID)
    }
  }

  /// The bytes of a published file of a run, or nil where there is none.
  ///
  /// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
  package func published(_ file: String, of runID: RunID) throws(RunError) -> [UInt8]? {
    let file = "\(runDirectory(runID))/\(file)"
    do {
      return try readFile(file)
    } catch let code {
      guard code.value == ENOENT || code.value == ENOTDIR else { throw fileFailure("read", file, errno: code.value) }
      return nil
    }
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
