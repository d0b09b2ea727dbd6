internal import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline
internal import PrepaperReport
import PrepaperRun

/// `report.html` of a run, from the files that the run has left.
struct ReportFile {
  private let report: RunReport
  private let recorded: RecordedDefinition
  private let bars: RecordedBars
  private let archive: any BarArchive

  /// The report of a run that is about to be published.
  init(
    _ run: UnpublishedRun, drift: DriftReport?, _ bars: RecordedBars, _ archive: any BarArchive
  ) throws(RunError) {
    let json = run.definition.json
    report = RunReport(
      definition: json, manifestHash: run.manifestHash,
      orders: run.plan.orders.lazy.map { (order: $0.json, .object($0.signal.evidence)) },
      rejects: run.rejects.lazy.map(\.json), drift: drift?.document.json, sensitivity: nil)
    recorded = try RecordedDefinition(json, artifactsRoot: "/")
    self.bars = bars
    self.archive = archive
  }

  /// The report of a published run.
  ///
  /// - Parameter sensitivity: what is to stand in it in place of the run's own.
  init(_ files: PublishedFiles, _ archive: any BarArchive, sensitivity: JSONValue?) throws(RunError) {
    let definition = try files.definition
    let meta = try files.json(RunFile.meta.name)
    let evidence = meta["evidence"]
    let orders = try files.list(RunFile.plan.name, "orders")
    let added: JSONValue?
    if let sensitivity { added = sensitivity } else { added = try files.jsonIfThere(WarmUpSensitivity.file) }
    report = RunReport(
      definition: definition, manifestHash: try files.hash(RunFile.manifest.name),
      orders: orders.lazy.map { order in
        (order, order["idempotency_key"]?.stringValue.flatMap { evidence?[$0] } ?? .object([:]))
      },
      rejects: meta["rejects"]?.items ?? [], drift: try files.jsonIfThere(RunFile.drift.name),
      sensitivity: added)
    recorded = try RecordedDefinition(definition, artifactsRoot: "/")
    bars = files.bars(definition, archive)
    self.archive = archive
  }

  /// Writes it into a directory.
  func write(to directory: ArtifactDirectory) throws(RunError) -> ArtifactFile {
    try directory.write(to: RunFile.report.name) { write throws(RunError) in
      try report.write(series: { symbol throws(RunError) in try series(of: symbol) }, to: write)
    }
  }

  /// The bars that the strategy decided on, made of those that the run saw.
  private func series(of symbol: Symbol) throws(RunError) -> RunReport.Series? {
    guard let base = try bars.bars(of: symbol), let first = base.time.first,
      case .span(_, .instant(let end)) = recorded.request.window
    else { return nil }
    let schedule = archive.calendar(recorded.backtest.calendar).schedule(covering: TimeSpan(from: first, to: end))
    let timeframe = recorded.backtest.timeframe
    guard base.timeframe != timeframe else { return RunReport.Series(bars: base, sessions: schedule.sessions) }
    let resampler = Resampler(timeframe: timeframe, sessionMode: recorded.request.sessionMode, schedule: schedule)
    return RunReport.Series(bars: resampler.resample(base, until: end), sessions: schedule.sessions)
  }
}
