import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// `prepaper submit`: queues runs, durable when it answers.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Queue a run for a worker, or many.",
    usage: """
      prepaper submit --backtest-run-id <id> --run-id <id> [<options>]
      prepaper submit --bulk [--file <file>] [--last-session <calendar>] [--artifacts-root <dir>]
      """,
    discussion: """
      The same run id with the same request gives the job that is there; with another request it is refused (exit 65) \
      and nothing changes. When this answers, the jobs survive a power cut.

      --bulk reads JSON lines from the standard input or a file, one object for each run, with the names of the flags as keys: \
      run_id and backtest_run_id, artifacts_root, from, to, replay_date, session_mode, allow_unapproved, as_of, mode, \
      symbols (a list), strict, max_missing, max_jump, calendar, sizing, no_prove, priority, max_attempts, run_timeout, delay, \
      at, after, concurrency_key. All of them are queued, or none. With --last-session, {session} in a line stands for the \
      day of the last session that has ended, as in {"run_id": "SPY-{session}", "replay_date": "{session}", …}.

      --wait ends with the run: exit code 0 succeeded, 1 failed, 4 cancelled, 5 no signals. 124 after --timeout, 130 \
      and 143 when interrupted: the run goes on.
      """)

  @OptionGroup var request: RequestOptions
  @OptionGroup var job: JobFlags
  @Flag(help: "Read the runs from the standard input, one JSON object a line.")
  var bulk = false
  @Option(help: ArgumentHelp("With --bulk: read them from this file.", valueName: "file"))
  var file: String?
  @Option(
    help: ArgumentHelp(
      "With --bulk: the calendar, XNYS or 24x7, whose last ended session {session} stands for.", valueName: "calendar"))
  var lastSession: CalendarName?
  @Flag(name: .customLong("wait"), help: "Wait until it has ended.")
  var isToWait = false
  @OptionGroup var wait: WaitOptions
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    guard wait.timeout == nil || isToWait else {
      throw ValidationError("--timeout is how long to --wait; --run-timeout is how long the run may take.")
    }
    guard bulk else {
      guard file == nil, lastSession == nil else {
        throw ValidationError("--file and --last-session belong to --bulk.")
      }
      try request.check()
      _ = try job.options(now: UTCTimestamp(seconds: 0))
      return
    }
    guard request.isEmpty, job.isEmpty else {
      throw ValidationError("With --bulk, each line says everything about its run; only --artifacts-root is a default.")
    }
  }

  func run() async throws {
    let settings = try await Settings()
    let now = SystemClock().now
    let submissions =
      bulk
      ? try BulkInput(
        file: file, session: try lastSession?.lastSession(closedBy: now), artifactsRoot: request.artifactsRoot,
        settings: settings, now: now
      ).submissions()
      : [
        Submission(
          try JobRequest(
            request.request(artifactsRoot: artifactsRootPath(flag: request.artifactsRoot, settings: settings))),
          try job.options(now: now))
      ]
    let store = try queue.file(settings).open()
    let submitted = try store.ringing { try $0.submit(all: submissions, now: now) }
    if isToWait {
      try await waitForEnd(of: submitted, in: store, settings)
    } else {
      answer.output.print(json: json(submitted) { $0.job.json }) {
        submitted.isEmpty ? "no runs" : submitted.map(\.line).joined(separator: "\n")
      }
    }
  }

  private func waitForEnd(of submitted: [SubmittedJob], in store: JobStore, _ settings: Settings) async throws {
    if !answer.json { for job in submitted { answer.output.print(json: [:]) { job.line } } }
    let result = try await RunWait(
      for: submitted.map(\.job.request.runID), in: store, upTo: wait.limit
    ).result()
    let colour = StateColour(environment: settings.environment)
    let runs = Dictionary(result.runs.map { ($0.job.id, $0) }) { first, _ in first }
    try answer.output.end(
      json: json(submitted) { runs[$0.job.id]?.json(store.directory) ?? $0.job.json },
      failure: result.failure.map(CommandFailure.init), status: result.status
    ) { result.runs.map { $0.job.line(colour) }.joined(separator: "\n") }
  }

  /// One job and whether it is new, or, of many, a list in which each says so itself.
  private func json(_ submitted: [SubmittedJob], _ job: (SubmittedJob) -> [String: JSONValue]) -> [String: JSONValue] {
    if !bulk, let one = submitted.first { return ["created": .bool(one.created), "job": .object(job(one))] }
    return [
      "jobs": .array(submitted.map { .object(job($0).merging(["created": .bool($0.created)]) { _, new in new }) })
    ]
  }
}

extension SubmittedJob {
  /// What became of the submission, on one line.
  fileprivate var line: String {
    "\(job.request.runID)  \(job.state.rawValue)  \(created ? "submitted" : "was there already")"
  }
}
