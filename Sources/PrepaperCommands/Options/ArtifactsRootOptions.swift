import ArgumentParser
import PrepaperApp
import PrepaperArtifacts

/// Where published runs are.
struct ArtifactsRootOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The directory with prepaper/ in it (PREPAPER_ARTIFACTS_ROOT, else ./artifacts).", valueName: "dir"))
  var artifactsRoot: String?

  /// The root.
  ///
  /// - Throws: `AppError` where it is not there.
  func root(_ settings: Settings) throws -> ArtifactsRoot {
    ArtifactsRoot(path: try artifactsRootPath(flag: artifactsRoot, settings: settings))
  }
}

/// Where published runs and their signals are looked at.
struct VerifiedStoreOptions: ParsableArguments {
  @OptionGroup var place: ArtifactsRootOptions
  @Option(
    help: ArgumentHelp(
      "The signals store that the runs were written to (without: that of their provider, as the settings say).",
      valueName: "file"))
  var signalsDb: String?

  func root(_ settings: Settings) throws -> ArtifactsRoot { try place.root(settings) }
}
