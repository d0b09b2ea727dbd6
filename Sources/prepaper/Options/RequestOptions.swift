import ArgumentParser
import PrepaperDomain

/// What a user says about a run.
struct RequestOptions: ParsableArguments {
  @Option(help: "The approved backtest to start from.")
  var backtestRunId: String

  @Option(help: "The new run's own id: \(RunID.rule).")
  var runId: String

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

  @Option(help: "rth for bars of regular trading hours, all for every bar.")
  var sessionMode: String = SessionMode.rth.rawValue

  @Flag(help: "Take a backtest that did not end in success; the manifest records it.")
  var allowUnapproved = false

  mutating func validate() throws {
    _ = try RunID.argument(runId, "--run-id")
    _ = try RunID.argument(backtestRunId, "--backtest-run-id")
    _ = try window
    guard SessionMode(rawValue: sessionMode) != nil else {
      throw ValidationError("--session-mode is '\(sessionMode)'; it must be rth or all.")
    }
  }

  /// The request, on a root that is there.
  func request(artifactsRoot: String) throws -> RunRequest {
    RunRequest(
      runID: try RunID.argument(runId, "--run-id"),
      backtestRunID: try RunID.argument(backtestRunId, "--backtest-run-id"),
      artifactsRoot: artifactsRoot, window: try window, sessionMode: SessionMode(rawValue: sessionMode) ?? .rth,
      allowUnapproved: allowUnapproved)
  }

  private var window: WindowRequest {
    get throws {
      switch (replayDate, from, to) {
      case (nil, nil, nil): return .lastSession
      case (let text?, nil, nil):
        guard let day = CivilDate(iso: text) else {
          throw ValidationError("--replay-date is '\(text)'; it must be a day like 2013-10-07.")
        }
        return .day(day)
      case (nil, let first?, let last?): return .span(from: try bound(first, "--from"), to: try bound(last, "--to"))
      case (nil, _, _): throw ValidationError("--from and --to belong together; give both.")
      default: throw ValidationError("--replay-date and --from/--to exclude each other.")
      }
    }
  }

  private func bound(_ text: String, _ flag: String) throws -> WindowBound {
    guard let bound = WindowBound(parsing: text) else {
      throw ValidationError(
        "\(flag) is '\(text)'; it must be a day like 2013-10-07 or a time with a zone like "
          + "2013-10-07T13:30:00Z.")
    }
    return bound
  }
}
