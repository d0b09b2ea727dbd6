import ArgumentParser
import PrepaperApp
import PrepaperArtifacts

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
