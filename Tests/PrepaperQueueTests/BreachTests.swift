import GRDB
import PrepaperDomain
import PrepaperQueue
import Testing

// Nothing in the store makes such a file: it is made with SQL, past the rules of the file where they are in the way.
@Suite struct BreachTests {
  /// What is done to the file, and what a check finds.
  struct Damage: CustomTestStringConvertible {
    let sql: String
    let rule: QueueBreach.Rule
    let runID: String?
    let words: String

    init(_ sql: String, _ rule: QueueBreach.Rule, _ runID: String?, _ words: String) {
      (self.sql, self.rule, self.runID, self.words) = (sql, rule, runID, words)
    }

    var testDescription: String { sql }
  }

  static let damages = [
    Damage(
      "DELETE FROM job_events WHERE job_id = 1 AND kind = 'submitted'", .order, "done",
      "its history begins with claimed"),
    Damage("DELETE FROM job_events WHERE job_id = 4", .state, "free", "its history says nothing"),
    Damage("UPDATE job_events SET attempt = 3 WHERE job_id = 4", .fence, "free", "submitted with attempt 3"),
    Damage(event(4, 0, "submitted"), .order, "free", "submitted while it was queued"),
    Damage(event(2, 1, "due"), .order, "running", "due while it was running"),
    Damage(event(4, 0, "due") + ";" + event(4, 0, "due"), .order, "free", "due while it was queued"),
    Damage(event(4, 0, "retried"), .order, "free", "retried while it was queued or scheduled"),
    Damage(event(4, 0, "cancel_requested"), .order, "free", "cancel_requested while it was queued"),
    Damage(event(9, 1, "cancel_requested"), .order, "stopping", "cancel_requested while it was running"),
    Damage(
      "UPDATE job_events SET attempt = 1 WHERE job_id = 1 AND kind = 'claimed'", .rising, "done",
      "attempt 1 was claimed after attempt 1"),
    Damage(
      "DELETE FROM job_events WHERE job_id = 1 AND kind IN ('scheduled', 'due')", .overlap, "done",
      "w2 claimed attempt 2 while w1 ran 1"),
    Damage(
      "DELETE FROM job_events WHERE job_id = 1 AND kind = 'due'", .order, "done", "claimed while it was scheduled"),
    Damage(
      "UPDATE job_events SET worker = NULL WHERE job_id = 2 AND kind = 'claimed'", .fence, "running",
      "nobody claimed attempt 1"),
    Damage(
      "UPDATE job_events SET attempt = 1 WHERE job_id = 1 AND kind = 'succeeded'", .fence, "done",
      "succeeded names attempt 1, the current one was 2"),
    Damage(
      "UPDATE job_events SET worker = 'w9' WHERE job_id = 1 AND kind = 'scheduled'", .fence, "done",
      "scheduled names worker w9, not w1"),
    Damage("UPDATE job_events SET worker = 'w9' WHERE job_id = 8 AND kind = 'lost'", .fence, "lost", "names worker w9"),
    Damage("UPDATE job_events SET attempt = 2 WHERE job_id = 8 AND kind = 'failed'", .fence, "lost", "names attempt 2"),
    Damage("UPDATE job_events SET attempt = 2 WHERE job_id = 9 AND kind = 'cancel_requested'", .fence, "stopping", "2"),
    Damage(event(1, 2, "cancelled"), .final, "done", "cancelled after it was succeeded"),
    Damage(event(7, 1, "claimed", worker: "w1"), .final, "ended", "claimed after it was cancelled"),
    Damage(event(8, 1, "failed"), .final, "lost", "failed after it was failed"),
    Damage(
      "DELETE FROM job_events WHERE job_id = 1 AND kind = 'claimed' AND attempt = 2", .unclaimed, "done",
      "succeeded while no attempt of it ran"),
    Damage(event(4, 0, "lost"), .unclaimed, "free", "lost while no attempt of it ran"),
    Damage(event(4, 0, "scheduled"), .unclaimed, "free", "scheduled while no attempt of it ran"),
    Damage(event(5, 0, "released"), .unclaimed, "later", "released while no attempt of it ran"),
    Damage("UPDATE jobs SET state = 'cancelled' WHERE id = 8", .state, "lost", "is cancelled, its history says failed"),
    Damage("UPDATE jobs SET worker = 'w9' WHERE id = 2", .state, "running", "is run by w9, its history says w2"),
    Damage(
      "DELETE FROM job_events WHERE job_id = 8 AND kind = 'failed'", .state, "lost",
      "is failed, its history says queued"),
    Damage("UPDATE jobs SET cancel_requested_at = 1 WHERE id = 2", .state, "running", "it is asked to stop"),
    Damage("UPDATE jobs SET cancel_requested_at = NULL WHERE id = 9", .state, "stopping", "it is not asked to stop"),
    Damage("UPDATE jobs SET attempt = 3 WHERE id = 1", .attempt, "done", "is at attempt 3, the last claim was 2"),
    Damage("UPDATE jobs SET tries = 1 WHERE id = 1", .tries, "done", "counts 1 tries, its history 2"),
    Damage("DELETE FROM attempts WHERE job_id = 1 AND attempt = 1", .attemptRow, "done", "its row is missing"),
    Damage("DELETE FROM attempts WHERE job_id = 2", .attemptRow, "running", "its row is missing"),
    Damage(attempt(1, 3), .attemptRow, "done", "has a row, but was never claimed"),
    Damage(attempt(4, 1), .attemptRow, "free", "has a row, but was never claimed"),
    Damage(
      "UPDATE attempts SET worker = 'w9' WHERE job_id = 2", .attemptRow, "running", "w2 claimed it, its row names w9"),
    Damage(
      "UPDATE attempts SET outcome = NULL, finished_at = NULL WHERE job_id = 1 AND attempt = 1", .attemptRow, "done",
      "its row is open, its end scheduled"),
    Damage(
      "UPDATE attempts SET outcome = 'lost' WHERE job_id = 1 AND attempt = 2", .attemptRow, "done",
      "its row is lost, its end succeeded"),
    Damage(
      "UPDATE attempts SET outcome = 'failed', finished_at = 1 WHERE job_id = 2", .attemptRow, "running",
      "it runs, but its row is failed"),
    Damage("DELETE FROM jobs WHERE id = 3", .orphan, nil, "submitted of job 3, which is gone"),
    Damage("DELETE FROM jobs WHERE id = 9", .orphan, nil, "submitted of job 9, which is gone"),
    Damage(attempt(99, 1), .orphan, nil, "it is of job 99, which is gone"),
    Damage(
      "UPDATE jobs SET concurrency_key = 'key' WHERE id = 9", .key, "stopping", "beside running, of the same key key"),
    Damage("UPDATE jobs SET held = 0 WHERE id = 3", .held, "held", "of key key, 1 may go, not 0"),
    Damage("UPDATE jobs SET held = 1 WHERE id = 4", .held, "free", "of key free, 0 may go, not 1"),
    Damage("UPDATE jobs SET held = 0 WHERE id = 10", .held, "free", "of key free, 2 may go, not 1"),
    Damage("UPDATE jobs SET waits_for = 1 WHERE id = 6", .waiting, "after", "waits for done, which is succeeded"),
    Damage("UPDATE jobs SET waits_for = 7 WHERE id = 6", .waiting, "after", "waits for ended, which is cancelled"),
    Damage("UPDATE jobs SET waits_for = 99 WHERE id = 6", .waiting, "after", "waits for a job, which is gone"),
    Damage(
      "UPDATE counters SET value = value + 1 WHERE name = 'jobs_queued'", .counters, nil,
      "counter jobs_queued is 4, there are 3"),
    Damage(
      "UPDATE counters SET value = 0 WHERE name = 'attempts_lost'", .counters, nil, "attempts_lost is 0, there are 1"),
    Damage("DELETE FROM counters WHERE name = 'jobs_failed'", .counters, nil, "counter jobs_failed is missing"),
  ]

  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
    try queue.submit("done", priority: 9)
    let done = try #require(try queue.claim("w1"))
    try queue.one.finish(done, transient(after: 10), now: instant(1))
    let again = try #require(try queue.claim("w2", at: 11))
    try queue.one.finish(again, published(), now: instant(12))
    try queue.submit("running", JobOptions(concurrencyKey: "key"))
    _ = try queue.claim("w2", at: 12)
    try queue.submit("held", JobOptions(concurrencyKey: "key"))
    try queue.submit("free", JobOptions(concurrencyKey: "free"))
    try queue.submit("later", JobOptions(notBefore: instant(5000)))
    try queue.submit("after", JobOptions(after: runID("running")))
    try queue.submit("ended")
    _ = try queue.one.cancel([runID("ended")], now: instant(13))
    try queue.submit("lost", JobOptions(priority: 9, maxTries: 1))
    _ = try queue.claim("w3", at: 13)
    let lost = try #require(try queue.one.running().first { $0.worker == "w3" })
    try queue.one.takeBack(lost, .died, now: instant(14))
    try queue.submit("stopping", JobOptions(priority: 9))
    _ = try queue.claim("w4", at: 14)
    _ = try queue.one.cancel([runID("stopping")], now: instant(15))
    try queue.submit("free-too", JobOptions(concurrencyKey: "free"))
    try #require(try queue.breach() == nil)
  }

  @Test(arguments: damages)
  func `a breach is found and named`(damage: Damage) throws {
    try queue.damage(damage.sql)
    let content = try queue.content()

    let breach = try #require(try queue.breach())

    #expect(breach.rule == damage.rule)
    #expect(breach.runID == damage.runID)
    #expect(breach.description.contains(damage.words), "\(breach)")
    #expect(try queue.content() == content)
  }

  @Test func `there is a damage to every rule`() {
    #expect(Set(Self.damages.map(\.rule)) == Set(QueueBreach.Rule.allCases))
  }

  @Test func `a breach names its run and its attempt`() throws {
    try queue.damage("UPDATE attempts SET outcome = 'lost' WHERE job_id = 1 AND attempt = 2")

    let breach = try #require(try queue.breach())

    #expect((breach.runID, breach.attempt) == ("done", 2))
    #expect(breach.description == "run done, attempt 2: its row is lost, its end succeeded")
  }

  private static func event(_ job: Int, _ attempt: Int, _ kind: String, worker: String? = nil) -> String {
    "INSERT INTO job_events (job_id, attempt, kind, worker, at) "
      + "VALUES (\(job), \(attempt), '\(kind)', \(worker.map { "'\($0)'" } ?? "NULL"), 0)"
  }

  private static func attempt(_ job: Int, _ number: Int) -> String {
    "INSERT INTO attempts (job_id, attempt, worker, log, started_at) VALUES (\(job), \(number), 'w1', 'log', 0)"
  }
}

extension QueueFile {
  /// Changes the file past its own rules.
  fileprivate func damage(_ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let connection = try DatabaseQueue(path: path, configuration: configuration)
    try connection.write { database in
      try database.execute(
        sql: """
          DROP TRIGGER job_events_are_final;
          DROP INDEX jobs_key_holder;
          \(sql);
          """)
    }
  }
}
