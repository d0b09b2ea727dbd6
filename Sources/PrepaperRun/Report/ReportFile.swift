internal import PrepaperArtifacts
import PrepaperDomain
internal import PrepaperMarketData
internal import PrepaperPipeline
internal import PrepaperReport

/// `report.html` of a run, from the files that the run has left.
struct ReportFile {
  static let name = "report.html"

  private let report: RunReport
  private let recorded: RecordedDefinition
  private let bars: RecordedBars
  private let calendars = MarketCalendars()

  /// The report of a run that is about to be published.
  init(
    _ definition: RunDefinition, hash: String, _ outcome: RunOutcome, drift: DriftReport?, _ bars: RecordedBars
  ) throws(RunError) {
    let json = definition.json
    let orders = outcome.plan.orders
    report = RunReport(
      definition: json, manifestHash: hash,
      orders: orders.lazy.map { (order: $0.json, .object($0.signal.evidence)) },
      rejects: outcome.rejects.lazy.map(\.json), drift: drift?.document.json, sensitivity: nil)
    recorded = try RecordedDefinition(json, artifactsRoot: "/")
    self.bars = bars
  }

  /// The report of a published run.
  ///
  /// - Parameter sensitivity: what is to stand in it in place of the run's own.
  init(_ files: PublishedFiles, sensitivity: JSONValue?) throws(RunError) {
    let definition = try files.definition
    let meta = try files.json("run_meta.json")
    let evidence = meta["evidence"]
    let orders = try files.list("plan.json", "orders")
    let added: JSONValue?
    if let sensitivity { added = sensitivity } else { added = try files.jsonIfThere(WarmUpSensitivity.file) }
    report = RunReport(
      definition: definition, manifestHash: try files.hash("run_manifest.json"),
      orders: orders.lazy.map { order in
        (order, order["idempotency_key"]?.stringValue.flatMap { evidence?[$0] } ?? .object([:]))
      },
      rejects: meta["rejects"]?.items ?? [], drift: try files.jsonIfThere("drift.json"),
      sensitivity: added)
    recorded = try RecordedDefinition(definition, artifactsRoot: "/")
    bars = files.bars(definition)
  }

  /// Writes it into a directory.
  func write(to directory: ArtifactDirectory) throws(RunError) -> ArtifactFile {
    try directory.write(to: Self.name) { write throws(RunError) in
      try report.write(series: { symbol throws(RunError) in try series(of: symbol) }, to: write)
    }
  }

  /// The bars that the strategy decided on, made of those that the run saw.
  private func series(of symbol: Symbol) throws(RunError) -> RunReport.Series? {
    guard let base = try bars.bars(of: symbol), let first = base.time.first,
      case .span(_, .instant(let end)) = recorded.request.window
    else { return nil }
    let schedule = calendars[recorded.backtest.calendar].schedule(covering: TimeSpan(from: first, to: end))
    let timeframe = recorded.backtest.timeframe
    guard base.timeframe != timeframe else { return RunReport.Series(bars: base, sessions: schedule.sessions) }
    let resampler = Resampler(timeframe: timeframe, sessionMode: recorded.request.sessionMode, schedule: schedule)
    return RunReport.Series(bars: resampler.resample(base, until: end), sessions: schedule.sessions)
  }
}
