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
