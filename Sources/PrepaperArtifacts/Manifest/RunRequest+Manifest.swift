package import PrepaperDomain

extension RunRequest {
  /// The request that makes the run of a manifest again, with its window in instants.
  package init(_ manifest: RunManifest, artifactsRoot: String) {
    let data = manifest.data
    self.init(
      runID: manifest.runID, backtestRunID: manifest.backtestRunID, artifactsRoot: artifactsRoot,
      window: .span(from: .instant(data.window.from), to: .instant(data.window.to)), sessionMode: data.sessionMode,
      allowUnapproved: manifest.inputs.backtestStatus != nil,
      options: RunOptions(
        symbols: data.symbols, isStrict: manifest.history.isStrict, mode: manifest.mode,
        maxMissing: manifest.history.tolerance.missingShare, maxJump: manifest.history.maxJump,
        calendar: data.calendar, sizing: manifest.sizing))
  }
}
