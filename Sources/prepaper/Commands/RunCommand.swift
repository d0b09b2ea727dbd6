import ArgumentParser
import Glibc
import Logging
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun
import PrepaperSQLite

/// `prepaper run`: the whole run here and now, without the queue.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Execute a run here and now, without the queue.",
    usage: "prepaper run --backtest-run-id <id> --run-id <id> [<options>]",
    discussion: """
      The same run that a worker would execute, with the data that MARKETDATA_PROVIDER, SIGNALS_DB_PATH and \
      BARS_SOURCE name. Doing it again writes no signal twice and leaves the same plan and manifest.

      Exit codes: 0 succeeded, 5 not enough history, 65 bad data, 66 input missing, 73 cannot write, 75 try again, \
      78 configuration.
      """)

  @OptionGroup var request: RequestOptions
  @Option(help: "trace, debug, info, notice, warning, error or critical (PREPAPER_LOG_LEVEL, else info).")
  var logLevel: String?
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws { try request.check() }

  func run() async throws {
    let settings = try await Settings()
    let level = try settings.logLevel(flag: logLevel)
    let logger = Logger(label: "prepaper") { _ in StderrLogHandler(level: level) }
    let root = try artifactsRootPath(flag: request.artifactsRoot, settings: settings)
    let request = try request.request(artifactsRoot: root)
    let events = RunEventLog(logger: logger)
    let flow = RunFlow(
      service: try settings.makeMarketDataService(busyWait: BusyWait(seed: UInt64(getpid()))),
      signals: try settings.makeSignalsLedger(busyWait: BusyWait(seed: UInt64(getpid()))),
      strategies: settings.strategyCatalog { logger.info("strategy: \($0)") },
      prover: settings.replayProcess { logger.info("\($0)") },
      evidence: DriftAndReport(archive: CSVBarArchive()), clock: SystemClock(),
      execution: ThisMachine.execution(), generatorVersion: generatorVersion,
      observe: { events.observe($0) })
    let staged = try await flow.stage(request)
    let directory = try staged.directory.publish()
    if staged.status == .noSignals { logger.warning("no signals: \(staged.reason ?? "")") }
    logger.info("✅ PrePaper run complete: \(directory)")
    answer.output.print(json: staged.json(request.runID, directory)) { staged.text(request.runID, directory) }
    if staged.status == .noSignals { throw ExitCode(ExitStatus.noSignals.rawValue) }
  }
}
