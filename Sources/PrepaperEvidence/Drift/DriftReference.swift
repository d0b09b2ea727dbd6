package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// The signals that a run's are held against.
package struct DriftReference: Sendable {
  /// Where they come from.
  package enum Kind: String, Sendable {
    case backtest, run
  }

  package let kind: Kind
  /// The id of the backtest or run.
  package let name: RunID
  package let signals: [DriftSignal]
  /// The stretch in which it could decide: after its start, up to its end; nil where one of them is not known.
  let start, end: UTCTimestamp?
  /// What the run is; nil of a backtest.
  let manifest: RunManifest?
  /// The base bars that the run saw of a symbol; a backtest leaves none.
  let bars: @Sendable (Symbol) throws(RunError) -> BarSeries?

  /// The signals of a backtest, from its `events_intent.csv`; nil where it has none.
  ///
  /// - Throws: `RunError` with `manifest_invalid` or `cannot_write` where it cannot be read.
  package init?(backtest id: RunID, in root: ArtifactsRoot) throws(RunError) {
    let file = BacktestFile.intents
    guard let bytes = try root.backtestFile(file, of: id) else { return nil }
    kind = .backtest
    name = id
    signals = try IntentFile(bytes, name: "\(file) of backtest \(id)").signals
    start = nil
    end = try root.backtest(id).seenUntil
    manifest = nil
    bars = { _ throws(RunError) in nil }
  }

  /// The signals of another run, from its `signals_export.json`.
  ///
  /// - Throws: `RunError` with `manifest_not_found` where it is not published, `manifest_invalid` where its files are
  ///   not what they should be.
  package init(run id: RunID, in root: ArtifactsRoot, archive: any BarArchive) throws(RunError) {
    let run = PublishedFiles(root, id)
    let manifest = try run.manifest
    kind = .run
    name = id
    signals = try run.signals(.signalsExport, "signals") { $0["payload"] }
    start = manifest.data.window.from
    end = manifest.data.window.to
    self.manifest = manifest
    let recorded = run.bars(manifest, archive)
    bars = { symbol throws(RunError) in try recorded.bars(of: symbol) }
  }
}
