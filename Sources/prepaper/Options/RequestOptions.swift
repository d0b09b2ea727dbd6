import ArgumentParser
import PrepaperDomain

/// What a user says about a run in flags.
struct RequestOptions: ParsableArguments {
  @Option(help: "The approved backtest to start from; needed.")
  var backtestRunId: String?

  @Option(help: "The new run's own id: \(RunID.rule); needed.")
  var runId: String?

  @Option(
    help: ArgumentHelp(
      "The directory with backtests/ in it; results go to prepaper/ beside that (PREPAPER_ARTIFACTS_ROOT, else "
        + "./artifacts).", valueName: "dir"))
  var artifactsRoot: String?

  @Option(
    help: ArgumentHelp(
      "Where the window begins: a day (its start in the market's zone) or a time like 2013-10-07T13:30:00Z.",
      valueName: "day-or-time"))
  var from: String?

  @Option(help: ArgumentHelp("Where the window ends, itself not included.", valueName: "day-or-time"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "The one day to evaluate. Without it and --from: the last complete session that the source has.",
      valueName: "day"))
  var replayDate: String?

  @Option(help: "rth for bars of regular trading hours, all for every bar (default: rth).")
  var sessionMode: String?

  @Flag(help: "Take a backtest that did not end in success; the manifest records it.")
  var allowUnapproved = false

  /// Whether nothing is said about a run but where it writes.
  var isEmpty: Bool {
    [backtestRunId, runId, from, to, replayDate, sessionMode].allSatisfy { $0 == nil } && !allowUnapproved
  }

  /// Says what is wrong with the flags before anything is opened.
  func check() throws { _ = try request(artifactsRoot: "/") }

  /// The request, on a root that is there.
  func request(artifactsRoot: String) throws -> RunRequest {
    guard let backtestRunId else { throw ValidationError("Missing expected argument '--backtest-run-id <id>'") }
    guard let runId else { throw ValidationError("Missing expected argument '--run-id <id>'") }
    let fields = RequestFields(
      runID: runId, backtestRunID: backtestRunId, from: from, to: to, replayDate: replayDate,
      sessionMode: sessionMode, allowUnapproved: allowUnapproved)
    do {
      return try fields.request(artifactsRoot: artifactsRoot, .flags)
    } catch let fault {
      throw ValidationError(fault.description)
    }
  }
}
