import ArgumentParser
import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperMarketData
import PrepaperRun
import PrepaperSQLite

/// Where published runs and their signals are looked at.
struct VerifiedStoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The directory with prepaper/ in it (PREPAPER_ARTIFACTS_ROOT, else ./artifacts).", valueName: "dir"))
  var artifactsRoot: String?
  @Option(
    help: ArgumentHelp(
      "The signals store that the runs were written to (without: that of their provider, as the settings say).",
      valueName: "file"))
  var signalsDb: String?

  func root(_ settings: Settings) throws -> ArtifactsRoot {
    ArtifactsRoot(path: try artifactsRootPath(flag: artifactsRoot, settings: settings))
  }

  func verifier(
    _ settings: Settings, _ root: ArtifactsRoot, key: AttestationPublicKey? = nil
  ) -> RunVerifier {
    RunVerifier(root: root, key: key) { [signalsDb] runID, provider throws(RunError) in
      let path =
        signalsDb.map { absolutePath($0) } ?? (provider == "fake" ? settings.fakeSignalsPath : settings.signalsPath)
      let store = SignalsStore(path: path, busyWait: BusyWait(seed: UInt64(ProcessInfo.processInfo.processIdentifier)))
      return (path, try store.signals(SignalsQuery(runID: runID)))
    }
  }
}
