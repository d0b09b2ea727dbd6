import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperRun

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
    let run = try DirectRun(settings, logLevel: logLevel)
    let root = try artifactsRootPath(flag: request.artifactsRoot, settings: settings)
    let request = try request.request(artifactsRoot: root)
    let (staged, directory) = try await run.execute(request)
    answer.output.print(json: staged.json(request.runID, directory)) { staged.text(request.runID, directory) }
    if staged.status == .noSignals { throw ExitCode(ExitStatus.noSignals.rawValue) }
  }
}
