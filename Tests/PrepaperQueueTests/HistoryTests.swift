import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct HistoryTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `every step of a life is a line of its history`() throws {
    let first = try queue.submitClaimed(maxTries: 3)
    try queue.one.finish(first, transient(after: 10), now: instant(2))
    _ = try queue.claim("w2", at: 12)
    let third = try #require(try queue.claim("w3", at: 50))
    try queue.one.finish(third, permanent, now: instant(51))
    _ = try queue.one.retry([runID("run")], force: false, now: instant(60))
    let fourth = try #require(try queue.claim("w4", at: 61))
    try queue.one.renew(fourth, lease: .seconds(30), now: instant(62))
    try queue.one.finish(fourth, published(), now: instant(63))

    #expect(
      try lines() == [
        "submitted 0 - 0", "claimed 1 w1 0", "scheduled 1 w1 2", "due 1 - 12", "claimed 2 w2 12", "lost 2 w2 50",
        "claimed 3 w3 50", "failed 3 w3 51", "retried 3 - 60", "claimed 4 w4 61", "succeeded 4 w4 63",
      ])
  }

  @Test func `a job that is lost on its last try is lost and failed`() throws {
    _ = try queue.submitClaimed(maxTries: 1)
    _ = try queue.claim("w2", at: 30)

    #expect(try lines() == ["submitted 0 - 0", "claimed 1 w1 0", "lost 1 w1 30", "failed 1 - 30"])
  }

  @Test func `the history cannot be rewritten`() throws {
    _ = try queue.submitClaimed()
    let content = try queue.content()

    let error = #expect(throws: DatabaseError.self) {
      try queue.raw().write { try $0.execute(sql: "UPDATE job_events SET kind = 'failed' WHERE seq = 1") }
    }

    #expect(error?.message == "job_events is append-only")
    #expect(try queue.content() == content)
  }

  @Test func `a number in the history is never used again`() throws {
    _ = try queue.submitClaimed()
    let last = try #require(try lastNumber())
    try queue.raw().write { try $0.execute(sql: "DELETE FROM job_events") }

    try queue.submit("other")

    #expect(try lastNumber() == last + 1)
  }

  private func lines() throws -> [String] {
    try queue.raw().read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM job_events ORDER BY seq").map { row in
        let seconds = row["at"] as Int64 / 1000 - instant(0).seconds
        return "\(row["kind"] as String) \(row["attempt"] as Int64) \(row["worker"] as String? ?? "-") \(seconds)"
      }
    }
  }

  private func lastNumber() throws -> Int64? {
    try queue.raw().read { try Int64.fetchOne($0, sql: "SELECT max(seq) FROM job_events") }
  }
}
