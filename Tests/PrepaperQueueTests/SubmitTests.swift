import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import Testing

@Suite struct SubmitTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a new request waits in the queue, and another connection finds it`() throws {
    let submitted = try queue.one.submit(request("run"), JobOptions(priority: 7, maxTries: 5), now: instant(3))
    let job = submitted.job

    let details = try queue.two.details(runID("run"))
    #expect(submitted.created)
    #expect(details.job == job)
    #expect(details.files.isEmpty && details.attempts.isEmpty)
    #expect(job.request == (try request("run")))
    #expect(job.state == .queued)
    #expect(job.priority == 7)
    #expect((job.attempt, job.tries, job.maxTries) == (0, 0, 5))
    #expect(job.submittedAt == instant(3))
    #expect(job.worker == nil && job.leaseUntil == nil && job.runAt == nil && job.result == nil)
    #expect(job.startedAt == nil && job.finishedAt == nil)
  }

  @Test func `the same request again is the job that is there, as it is`() throws {
    let first = try queue.one.submit(request("run"), JobOptions(priority: 1, maxTries: 3), now: instant(0))
    let content = try queue.content()

    let again = try queue.two.submit(request("run"), JobOptions(priority: 9, maxTries: 8), now: instant(60))

    #expect(!again.created)
    #expect(again.job == first.job)
    #expect(try queue.content() == content)
  }

  @Test func `the same request is the job that is there also while it runs and when it is done`() throws {
    let claim = try queue.submitClaimed()

    let running = try queue.two.submit(request("run"), now: instant(1))
    try queue.one.finish(claim, published(), now: instant(2))
    let done = try queue.two.submit(request("run"), now: instant(3))

    #expect(!running.created && running.job.state == .running)
    #expect(!done.created && done.job.state == .succeeded)
    #expect(try queue.history() == ["submitted", "claimed", "succeeded"])
  }

  @Test(arguments: Difference.allCases)
  func `another request under the same run id is refused, and nothing is changed`(difference: Difference) throws {
    let asked = try difference.requests()
    _ = try queue.one.submit(asked.first, now: instant(0))
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.two.submit(asked.second, now: instant(1))
    }

    #expect(error?.code == .requestConflict)
    #expect(error?.message.contains(difference.named) == true, "\(error?.message ?? "")")
    #expect(try queue.content() == content)
  }

  @Test(arguments: windows)
  func `every kind of window comes back as it was asked for`(window: WindowRequest) throws {
    let asked = try JobRequest(
      RunRequest(
        runID: try runID("run"), backtestRunID: try runID("backtest"), artifactsRoot: "/srv/größer", window: window,
        sessionMode: .all, allowUnapproved: true,
        options: RunOptions(
          symbols: try ["SPY", "BRK.B"].map(symbol), isStrict: true, mode: .live, maxMissing: 0.05, maxJump: 0.3,
          calendar: .always, sizing: "fixed:quantity=100", isProven: false)
      ).json)

    _ = try queue.one.submit(asked, now: instant(0))

    #expect(try queue.two.details(runID("run")).job.request == asked)
    #expect(try !queue.two.submit(asked, now: instant(1)).created)
    #expect(try queue.claim("w1")?.request == asked)
  }

  @Test func `a run that nobody submitted is not there`() throws {
    let error = #expect(throws: JobStoreError.self) { try queue.one.details(runID("other")) }

    #expect(error?.code == .noSuchRun)
  }

  static let windows: [WindowRequest] = [
    .lastSession,
    .day(CivilDate(year: 2025, month: 2, day: 28)),
    .span(from: .day(CivilDate(year: 2025, month: 1, day: 1)), to: .day(CivilDate(year: 2025, month: 2, day: 1))),
    .span(from: .instant(instant(0)), to: .instant(instant(3600))),
    .span(from: .instant(UTCTimestamp(milliseconds: 1_750_000_000_125)), to: .day(CivilDate(daysSinceEpoch: 30_000))),
    .span(from: .instant(UTCTimestamp(microseconds: 1_750_000_000_000_001)), to: .instant(instant(3600))),
    .span(from: .day(CivilDate(daysSinceEpoch: -1)), to: .instant(UTCTimestamp(microseconds: -1))),
    .asOf(.now), .asOf(.instant(UTCTimestamp(milliseconds: 1_750_000_000_125))),
  ]
}

/// A part in which two requests of one run id may differ.
enum Difference: CaseIterable {
  case backtest, root, unicodeForm, day, dayAgainstNone, spanStart, spanEnd, instant, sessionMode, allowUnapproved
  case asOf, mode, symbols, strict, maxMissing, maxJump, calendar, sizing, noProve

  /// How a refusal names the part.
  var named: String {
    switch self {
    case .backtest: "backtest_run_id: a there, b here"
    case .root: "artifacts_root: /a there, /b here"
    case .unicodeForm: "artifacts_root: /\u{E9} there, /e\u{301} here"
    case .day: "replay_date: 2025-03-01 there, 2025-03-02 here"
    case .dayAgainstNone: "replay_date: not set there, 2025-03-01 here"
    case .spanStart: "from: 2025-03-01 there, 2025-03-03 here"
    case .spanEnd: "to: 2025-03-02 there, 2025-03-03 here"
    case .instant: "from: 2025-03-01 there, 2025-03-01T00:00:00Z here"
    case .sessionMode: "session_mode: rth there, all here"
    case .allowUnapproved: "allow_unapproved: false there, true here"
    case .asOf: "as_of: now there, 2025-03-01T00:00:00Z here"
    case .mode: "mode: replay there, live here"
    case .symbols: "symbols[1]: not set there, B here"
    case .strict: "strict: false there, true here"
    case .maxMissing: "max_missing: not set there, 0.01 here"
    case .maxJump: "max_jump: not set there, 0.4 here"
    case .calendar: "calendar: not set there, XNYS here"
    case .sizing: "sizing: not set there, fixed:quantity=1 here"
    case .noProve: "no_prove: not set there, true here"
    }
  }

  /// Two requests that differ in this part alone.
  func requests() throws -> (first: JobRequest, second: JobRequest) {
    let days = (1...3).map { CivilDate(year: 2025, month: 3, day: $0) }
    let span = WindowRequest.span(from: .day(days[0]), to: .day(days[1]))
    return switch self {
    case .backtest: (try with(backtest: "a"), try with(backtest: "b"))
    case .root: (try with(root: "/a"), try with(root: "/b"))
    // The same character to a reader and to `==`, two directories to the kernel.
    case .unicodeForm: (try with(root: "/\u{E9}"), try with(root: "/e\u{301}"))
    case .day: (try with(window: .day(days[0])), try with(window: .day(days[1])))
    case .dayAgainstNone: (try with(), try with(window: .day(days[0])))
    case .spanStart: (try with(window: span), try with(window: .span(from: .day(days[2]), to: .day(days[1]))))
    case .spanEnd: (try with(window: span), try with(window: .span(from: .day(days[0]), to: .day(days[2]))))
    case .instant:
      (try with(window: span), try with(window: .span(from: .instant(days[0].startUTC), to: .day(days[1]))))
    case .sessionMode: (try with(), try with(sessionMode: .all))
    case .allowUnapproved: (try with(), try with(allowUnapproved: true))
    case .asOf: (try with(window: .asOf(.now)), try with(window: .asOf(.instant(days[0].startUTC))))
    case .mode: (try with(), try with(options: RunOptions(mode: .live)))
    case .symbols:
      (
        try with(options: RunOptions(symbols: [symbol("A")])),
        try with(options: RunOptions(symbols: ["A", "B"].map(symbol)))
      )
    case .strict: (try with(), try with(options: RunOptions(isStrict: true)))
    case .maxMissing: (try with(), try with(options: RunOptions(maxMissing: 0.01)))
    case .maxJump: (try with(), try with(options: RunOptions(maxJump: 0.4)))
    case .calendar: (try with(), try with(options: RunOptions(calendar: .xnys)))
    case .sizing: (try with(), try with(options: RunOptions(sizing: "fixed:quantity=1")))
    case .noProve: (try with(), try with(options: RunOptions(isProven: false)))
    }
  }

  private func with(
    backtest: String = "backtest", root: String = "/srv", window: WindowRequest = .lastSession,
    sessionMode: SessionMode = .rth, allowUnapproved: Bool = false, options: RunOptions = RunOptions()
  ) throws -> JobRequest {
    try JobRequest(
      RunRequest(
        runID: runID("run"), backtestRunID: runID(backtest), artifactsRoot: root, window: window,
        sessionMode: sessionMode, allowUnapproved: allowUnapproved, options: options
      ).json)
  }
}
