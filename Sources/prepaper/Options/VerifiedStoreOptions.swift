import ArgumentParser
import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperMarketData
import PrepaperRun
import PrepaperSQLite
import PrepaperSignals

/// Where published runs and their signals are looked at.
struct VerifiedStoreOptions: ParsableArguments {
  @OptionGroup var place: ArtifactsRootOptions
  @Option(
    help: ArgumentHelp(
      "The signals store that the runs were written to (without: that of their provider, as the settings say).",
      valueName: "file"))
  var signalsDb: String?

  func root(_ settings: Settings) throws -> ArtifactsRoot { try place.root(settings) }

  /// What looks at runs of a root, and at their signals in the store that the settings name.
  func verifier(
    _ settings: Settings, _ root: ArtifactsRoot, key: AttestationPublicKey? = nil
  ) -> RunVerifier {
    RunVerifier(root: root, key: key) { [signalsDb] runID, provider in
      let path =
        signalsDb.map { absolutePath($0) } ?? (provider == "fake" ? settings.fakeSignalsPath : settings.signalsPath)
      let store = SignalsStore(path: path, busyWait: BusyWait(seed: UInt64(ProcessInfo.processInfo.processIdentifier)))
      return (path, try store.signals(SignalsQuery(runID: runID)))
    }
  }
}
