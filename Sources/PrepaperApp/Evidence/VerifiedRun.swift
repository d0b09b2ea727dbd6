package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperEvidence
import PrepaperSignals

/// What was found of a published run.
package struct VerifiedRun {
  /// Its id.
  package let runID: RunID
  /// What was looked at.
  package let checks: [RunCheck]

  /// Whether everything holds.
  package var holds: Bool { checks.allSatisfy(\.holds) }

  /// Looks at runs of a root, one after the other.
  ///
  /// - Parameters:
  ///   - runIDs: the runs that must be there; nil for all that are.
  ///   - progress: hears how many of how many are done.
  /// - Throws: `AppError` with `noSuchRun` where one is not published; `RunError` where one that was named cannot be
  ///   read.
  package static func all(
    _ runIDs: [RunID]?, in root: ArtifactsRoot, _ verifier: RunVerifier, progress: (_ done: Int, _ all: Int) -> Void
  ) async throws -> [VerifiedRun] {
    let wanted = try runIDs ?? root.publishedRuns()
    var runs: [VerifiedRun] = []
    for (number, runID) in wanted.enumerated() {
      progress(number, wanted.count)
      do {
        if let checks = try await verifier.checks(of: runID) {
          runs.append(VerifiedRun(runID: runID, checks: checks))
        } else if runIDs != nil {
          throw AppError(noRun: runID, in: root)
        }
      } catch let error as RunError where runIDs == nil {
        // One that cannot be read does not hold; the others are looked at all the same.
        runs.append(VerifiedRun(runID: runID, checks: [RunCheck("run", error.message)]))
      }
    }
    return runs
  }
}

extension Settings {
  /// What looks at runs of a root, and at their signals.
  ///
  /// - Parameters:
  ///   - signalsDb: the store of the signals, if a flag names one; else that of a run's provider.
  ///   - key: the file of the public key that attestations must be signed with.
  /// - Throws: `RunError` with `key_invalid` for a key that cannot be used.
  package func verifier(of root: ArtifactsRoot, signalsDb: String?, key: String? = nil) throws -> RunVerifier {
    let key = try key.map { try AttestationPublicKey(pem: KeyFile(path: $0).text, name: $0) }
    return RunVerifier(root: root, key: key) { [fakeSignalsPath, signalsPath] runID, provider in
      let path = signalsDb.map { absolutePath($0) } ?? (provider == "fake" ? fakeSignalsPath : signalsPath)
      return (path, try SignalsStore(path: path, busyWait: .ofThisProcess).signals(SignalsQuery(runID: runID)))
    }
  }
}

extension AppError {
  /// That a run is not published.
  init(noRun runID: RunID, in root: ArtifactsRoot) {
    self.init("no_such_run", "no run \(runID) is published in \(root.runDirectory(runID))", .noSuchRun)
  }
}
