internal import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline
internal import PrepaperReport
import PrepaperRun

/// `report.html` of a run, from the files that the run has left.
struct ReportFile {
  private let report: RunReport
  private let data: RunManifest.SeenData
  private let bars: RecordedBars
  private let archive: any BarArchive

  /// The report of a run that is about to be published.
  init(_ run: UnpublishedRun, drift: DriftReport?, _ bars: RecordedBars, _ archive: any BarArchive) {
    report = RunReport(
      definition: run.manifest.json, manifestHash: run.manifestHash,
      orders: run.plan.orders.lazy.map { (order: $0.json, .object($0.signal.evidence)) },
      rejects: run.rejects.lazy.map(\.json), drift: drift?.document.json, sensitivity: nil)
    data = run.manifest.data
    self.bars = bars
    self.archive = archive
  }

  /// The report of a published run.
  ///
  /// - Parameter sensitivity: what is to stand in it in place of the run's own.
  init(_ files: PublishedFiles, _ archive: any BarArchive, sensitivity: JSONValue?) throws(RunError) {
    let manifest = try files.manifest
    let meta = try files.json(.meta)
    let evidence = meta["evidence"]
    let orders = try files.list(.plan, "orders")
    let added: JSONValue?
    if let sensitivity { added = sensitivity } else { added = try files.jsonIfThere(.sensitivity) }
    report = RunReport(
      // As the file has it, whose hash stands beside it.
      definition: try files.json(.manifest), manifestHash: try files.hash(.manifest),
      orders: orders.lazy.map { order in
        (order, order["idempotency_key"]?.stringValue.flatMap { evidence?[$0] } ?? .object([:]))
      },
      rejects: meta["rejects"]?.items ?? [], drift: try files.jsonIfThere(.drift),
      sensitivity: added)
    data = manifest.data
    bars = files.bars(manifest, archive)
    self.archive = archive
  }

  /// Writes it into a directory.
  func write(to directory: ArtifactDirectory) throws(RunError) -> ArtifactFile {
    try directory.write(to: .report) { write throws(RunError) in
      try report.write(series: { symbol throws(RunError) in try series(of: symbol) }, to: write)
    }
  }

  /// The bars that the strategy decided on, made of those that the run saw.
  private func series(of symbol: Symbol) throws(RunError) -> RunReport.Series? {
    let end = data.window.to
    guard let base = try bars.bars(of: symbol), let first = base.time.first, first <= end else { return nil }
    let schedule = archive.calendar(data.calendar).schedule(covering: TimeSpan(from: first, to: end))
    guard base.timeframe != data.timeframe else { return RunReport.Series(bars: base, sessions: schedule.sessions) }
    let resampler = Resampler(timeframe: data.timeframe, sessionMode: data.sessionMode, schedule: schedule)
    return RunReport.Series(bars: resampler.resample(base, until: end), sessions: schedule.sessions)
  }
}
