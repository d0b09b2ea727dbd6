import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData
import PrepaperPipeline
import PrepaperRun
import PrepaperSQLite
import PrepaperSignals
import PrepaperTestSupport
import Synchronization
import Testing

/// A directory with an artifacts root and a signals store, in which runs are executed as the program does it.
struct RunBench {
  let directory: TemporaryDirectory
  let clock: ManualClock
  let calendar = XNYSCalendar()

  /// A bench with a backtest.
  init(_ backtest: Backtest = Backtest()) throws {
    directory = try TemporaryDirectory()
    clock = ManualClock(try instant("2026-01-05T08:00:00Z"))
    try write(backtest)
  }

  /// What reads back the bars that runs have left.
  var archive: CSVBarArchive { CSVBarArchive() }

  var root: String { directory.path + "/artifacts" }
  var signalsPath: String { directory.path + "/signals.db" }

  func write(_ backtest: Backtest, in root: String = "artifacts") throws {
    let text = String(decoding: CanonicalJSON.pretty(backtest.json), as: UTF8.self)
    try directory.write(text, to: "\(root)/backtests/\(backtest.runID)/run_manifest.json")
  }

  /// Writes made-up bars between two instants as a file of `files`, without those of a hole.
  func writeBars(
    _ from: String, _ to: String, of ticker: String = "HOOD", _ timeframe: Timeframe = .m1,
    without hole: TimeSpan? = nil
  ) async throws {
    let feed = SyntheticBarSource().open(
      FeedRequest(symbol: try symbol(ticker), timeframe: timeframe, base: timeframe, calendar: calendar, now: clock.now)
    )
    let all = try await feed.bars(in: TimeSpan(from: instant(from), to: instant(to))).series
    var bars = BarSeries(symbol: all.symbol, timeframe: all.timeframe)
    for index in 0..<all.count where hole?.contains(all.time[index]) != true { bars.append(all[index]) }
    try directory.write(
      String(decoding: barsFileBytes(bars), as: UTF8.self), to: "bars/\(ticker).\(timeframe.rawValue).csv")
  }

  var fake: FakeMarketDataService {
    FakeMarketDataService(choice: "default")
  }

  /// The service over the files that `writeBars` writes, or over those of another directory.
  func files(_ path: String? = nil) -> RealMarketDataService {
    RealMarketDataService(
      source: CSVBarSource(directory: path ?? directory.path + "/bars"), signalsPlace: signalsPath)
  }

  var signals: SignalsStore { SignalsStore(path: signalsPath, busyWait: BusyWait(seed: 1)) }

  /// A request for the default backtest.
  func request(
    _ runID: String = "run-1", window: WindowRequest? = nil, backtest: String = Backtest().runID,
    allowUnapproved: Bool = false, root: String? = nil, sessionMode: SessionMode = .rth,
    options: RunOptions = RunOptions()
  ) throws -> RunRequest {
    RunRequest(
      runID: try run(runID), backtestRunID: try run(backtest), artifactsRoot: root ?? self.root,
      window: try window ?? .day(day("2025-12-15")), sessionMode: sessionMode, allowUnapproved: allowUnapproved,
      options: options)
  }

  func flow(
    _ service: (any MarketDataService)? = nil, strategies: any StrategyLookup = BuiltInLookup(),
    clock: ManualClock? = nil, execution: RunExecution = .onHost("one"),
    version: String = "0.1.0", concurrency: Int = 4,
    resampling: any BarResampling.Type = Resampler.self, limits: TrialLimits = TrialLimits(),
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) -> RunFlow {
    RunFlow(
      service: service ?? fake, signals: signals, strategies: strategies,
      prover: RunReplayer(
        strategies: strategies, archive: archive, clock: self.clock, resampling: resampling, limits: limits),
      evidence: DriftAndReport(archive: archive), clock: clock ?? self.clock, execution: execution,
      generatorVersion: version, concurrency: concurrency, resampling: resampling, observe: observe)
  }

  /// Executes a run and publishes it; its directory with what was staged.
  func publish(_ request: RunRequest, _ flow: RunFlow? = nil) async throws -> PublishedRun {
    let staged = try await (flow ?? self.flow()).stage(request)
    let run = PublishedRun(path: try staged.directory.publish(), staged: staged)
    // Whatever a test runs, its manifest is read back to the same bytes.
    let manifest = try RunManifest(run.manifest, file: "run_manifest.json")
    #expect(try CanonicalJSON.pretty(manifest.json) == run.bytes("run_manifest.json"))
    return run
  }

  /// The rows that a run has in the signals store.
  func storedSignals(_ runID: String = "run-1") throws -> [StoredSignal] {
    guard FileManager.default.fileExists(atPath: signalsPath) else { return [] }
    return try signals.signals(SignalsQuery(runID: run(runID)))
  }

  /// Every file and directory below one, relative to it, sorted.
  func tree(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }

  /// What stands in the artifacts root beside the backtests.
  func made() throws -> [String] {
    try tree(root).filter { !$0.hasPrefix("backtests") }
  }
}

/// A run's directory after its publication.
struct PublishedRun {
  let path: String
  let staged: StagedRun

  func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")))
  }

  func json(_ file: String) throws -> JSONValue { try JSONParser.parse(bytes(file)) }

  var manifest: JSONValue { get throws { try json("run_manifest.json") } }

  /// The bytes of the files that the same run always has.
  func definition(bars: String = "bars/HOOD.M1.csv") throws -> [[UInt8]] {
    try ["plan.json", "run_manifest.json", "signals_export.json", bars].map { try bytes($0) }
  }
}

/// Keeps the events of a run.
final class EventRecorder: Sendable {
  private let recorded = Mutex<[RunEvent]>([])

  func observe(_ event: RunEvent) { recorded.withLock { $0.append(event) } }

  var events: [RunEvent] { recorded.withLock { $0 } }
}

extension RunExecution {
  /// An execution outside the queue.
  static func onHost(_ host: String) -> RunExecution {
    RunExecution(
      jobID: nil, attempt: nil, worker: nil, host: host, processID: 1, versions: ["prepaper": "0.1.0"])
  }
}
