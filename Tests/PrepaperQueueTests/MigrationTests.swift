import Foundation
import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import Testing

/// What becomes of a queue that an older prepaper has written: `Fixtures/queue-2.db` is a file of the version before
/// requests became one column.
@Suite struct MigrationTests {
  let directory: TemporaryDirectory
  let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/queue.db"
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/queue-2.db")
    try FileManager.default.copyItem(at: fixture, to: URL(fileURLWithPath: path))
  }

  @Test func `every job is there as it was, and its request says the same`() throws {
    let before = try rows(
      "SELECT id, run_id, state, attempt, tries, max_tries, priority, timeout_ms, after_run_id, "
        + "waits_for, held, concurrency_key, run_at, queued_at, error_code, run_dir FROM jobs ORDER BY id")

    let store = try openStore(path)

    #expect(
      try rows(
        "SELECT id, run_id, state, attempt, tries, max_tries, priority, timeout_ms, after_run_id, waits_for, "
          + "held, concurrency_key, run_at, queued_at, error_code, run_dir FROM jobs ORDER BY id") == before)
    #expect(before.count == 9)
    for (name, asked) in try Self.asked() {
      #expect(try RunRequest(store.details(runID(name)).job.request.json) == asked, "\(name)")
    }
    #expect(try store.details(runID("DONE")).files.map(\.path).contains("plan.json"))
    #expect(try store.details(runID("DONE")).attempts.map(\.outcome) == ["succeeded"])
    #expect(try store.check().breach == nil)
  }

  @Test func `a run that was submitted before is the same submission still`() throws {
    let store = try openStore(path)

    for (name, asked) in try Self.asked() {
      let again = try store.submit(JobRequest(asked.json), now: instant(0))
      #expect(!again.created, "\(name)")
    }
  }

  @Test func `the jobs go on in their order, and numbers of pruned ones are not used again`() throws {
    let store = try openStore(path)

    let added = try store.submit(request("new"), now: instant(60_000_000)).job
    var claimed: [String] = []
    while let claim = try store.claim(worker: "w1", lease: .seconds(30), now: instant(60_000_000)) {
      claimed.append(claim.request.runID.description)
    }

    #expect(added.id == 11)
    #expect(claimed == ["EVERYTHING", "LIVE", "SPAN", "new"])
    #expect(try store.jobs([runID("HELD"), runID("AFTER")]).map(\.state) == [.queued, .scheduled])
    #expect(try store.check().breach == nil)
  }

  @Test func `what somebody has written by hand is carried over, and hurts nobody`() throws {
    try change("UPDATE jobs SET symbols = 'A\",\"B\\', replay_date = 'soon', as_of = NULL WHERE run_id = 'LIVE'")

    let store = try openStore(path)

    let request = try store.details(runID("LIVE")).job.request
    #expect(throws: FieldFault.self) { try RunRequest(request.json) }
    #expect(request.json["replay_date"] == .string("soon"))
    #expect(try store.jobs(state: nil, limit: 20).count == 9)
  }

  @Test(arguments: [
    "UPDATE jobs SET max_jump = 9e999 WHERE run_id = 'LIVE'",
    "UPDATE jobs SET run_id = CAST(x'444F4E450042' AS TEXT) WHERE run_id = 'LIVE'",
  ])
  func `a row that cannot be a request hurts itself alone`(sql: String) throws {
    try change(sql)

    let store = try openStore(path)

    #expect(try rows("SELECT 1 FROM jobs").count == 9)
    let request = try JSONParser.parse(Array(#require(try text("SELECT request FROM jobs WHERE id = 5")).utf8))
    #expect(throws: FieldFault.self) { try RunRequest(request) }
    #expect(try store.details(runID("DONE")).job.state == .succeeded)
  }

  @Test(arguments: [
    "CREATE VIEW mine AS SELECT run_id, state FROM jobs", "DROP VIEW v_latency",
    "CREATE TRIGGER mine AFTER INSERT ON attempts BEGIN UPDATE jobs SET priority = 0 WHERE id = NEW.job_id; END",
    "DELETE FROM jobs WHERE run_id = 'BROKEN'",
  ])
  func `what somebody has made of the file with sqlite3 does not keep it from being opened`(sql: String) throws {
    try change("PRAGMA foreign_keys = OFF; \(sql)")

    let store = try openStore(path)

    #expect(try store.details(runID("DONE")).job.state == .succeeded)
    #expect(try text("SELECT sql FROM sqlite_master WHERE name = 'attempts'")?.contains("REFERENCES jobs (id)") == true)
  }

  @Test func `rows that refer to others still do after it`() throws {
    let store = try openStore(path)

    #expect(try rows("PRAGMA foreign_key_check").isEmpty)
    try change("PRAGMA foreign_keys = ON; DELETE FROM jobs WHERE run_id = 'DONE'")
    #expect(try rows("SELECT 1 FROM attempts WHERE job_id = 1").isEmpty)
    #expect(try store.overview().counts[.succeeded] == 0)
  }

  /// What was asked for when the file was made.
  static func asked() throws -> [(String, RunRequest)] {
    let backtest = try runID("251215_144939_HOOD_15m_100d")
    func run(
      _ name: String, _ window: WindowRequest = .lastSession, sessionMode: SessionMode = .rth,
      allowUnapproved: Bool = false, backtest: RunID = backtest, options: RunOptions = RunOptions()
    ) throws -> (String, RunRequest) {
      (
        name,
        RunRequest(
          runID: try runID(name), backtestRunID: backtest, artifactsRoot: "/srv/example/artifacts", window: window,
          sessionMode: sessionMode, allowUnapproved: allowUnapproved, options: options)
      )
    }
    let moment = try #require(UTCTimestamp(rfc3339: "2025-12-15T16:07:00.000125Z"))
    let day = CivilDate(year: 2025, month: 12, day: 15)
    let end = try #require(UTCTimestamp(rfc3339: "2025-12-16T20:00:00Z"))
    return [
      try run("DONE", .day(day)), try run("BROKEN", backtest: runID("NOWHERE")),
      try run(
        "EVERYTHING", .asOf(.instant(moment)), sessionMode: .all, allowUnapproved: true,
        options: RunOptions(
          symbols: try ["SPY", "BRK.B"].map(symbol), isStrict: true, maxMissing: 0.05, maxJump: 0.1 + 0.2,
          calendar: .xnys, sizing: "fixed:quantity=100")),
      try run("LIVE", .asOf(.now), options: RunOptions(mode: .live)),
      try run("SPAN", .span(from: .day(day), to: .instant(end))), try run("HELD"), try run("LATER"), try run("AFTER"),
      try run("CANCELLED"),
    ]
  }

  private func rows(_ sql: String) throws -> [String] {
    try DatabaseQueue(path: path).read { try Row.fetchAll($0, sql: sql).map { "\($0)" } }
  }

  private func text(_ sql: String) throws -> String? {
    try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: sql) }
  }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}
