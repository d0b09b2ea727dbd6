package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
import PrepaperRun

/// A run as far as its drift can be told.
package struct DriftSubject: Sendable {
  let manifest: RunManifest
  let signals: [DriftSignal]
  /// What was seen and not taken, by symbol and instant.
  let rejects: [Place: String]
  /// The bars that came again with other numbers.
  let revised: [Place]
  let bars: @Sendable (Symbol) throws(RunError) -> BarSeries?

  /// The backtest that the run started from.
  package var backtest: RunID { manifest.backtestRunID }

  /// A symbol at an instant.
  struct Place: Hashable, Sendable {
    let symbol: Symbol
    let time: UTCTimestamp
  }

  /// A run that is about to be published.
  init(_ run: UnpublishedRun, bars: @escaping @Sendable (Symbol) throws(RunError) -> BarSeries?) {
    manifest = run.manifest
    signals = run.plan.orders.map { DriftSignal($0) }
    self.rejects = Dictionary(
      run.rejects.map { (Place(symbol: $0.symbol, time: $0.time), $0.reason) }, uniquingKeysWith: { first, _ in first })
    revised = run.revisions.map { Place(symbol: $0.symbol, time: $0.kept.time) }
    self.bars = bars
  }

  /// A published run.
  ///
  /// - Throws: `RunError` with `manifest_not_found` where it is not published, `manifest_invalid` where its files are
  ///   not what they should be.
  package init(run id: RunID, in root: ArtifactsRoot, archive: any BarArchive) throws(RunError) {
    let run = PublishedFiles(root, id)
    let manifest = try run.manifest
    self.manifest = manifest
    signals = try run.signals(.plan, "orders")
    let meta = try run.json(.meta)
    let rejects = (meta["rejects"]?.items ?? []).compactMap { reject in
      Place(reject, time: "ts").flatMap { place in reject["reason"]?.stringValue.map { (place, $0) } }
    }
    self.rejects = Dictionary(rejects, uniquingKeysWith: { first, _ in first })
    revised = (meta["revisions"]?.items ?? []).compactMap { Place($0, time: "ts") }
    let recorded = run.bars(manifest, archive)
    bars = { symbol throws(RunError) in try recorded.bars(of: symbol) }
  }
}

extension DriftSubject.Place {
  fileprivate init?(_ json: JSONValue, time: String) {
    guard let symbol = json["symbol"]?.stringValue.flatMap(Symbol.init),
      let instant = json[time]?.stringValue.flatMap(UTCTimestamp.init(rfc3339:))
    else { return nil }
    self.init(symbol: symbol, time: instant)
  }
}
