import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct WorkersTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a worker is listed from its first sign of life, and seen at its last`() throws {
    try queue.one.noteAlive(worker: "w1", host: "here", processID: 7, now: instant(0))
    try queue.two.noteAlive(worker: "w2", host: "there", processID: 8, now: instant(1))
    try queue.one.noteAlive(worker: "w1", host: "here", processID: 7, now: instant(5))

    #expect(try listed() == ["w1 here 7 0 5", "w2 there 8 1 1"])
  }

  @Test func `a worker that goes takes those with it that were not seen for a day`() throws {
    try queue.one.noteAlive(worker: "gone", host: "here", processID: 1, now: instant(86_400))
    try queue.one.noteAlive(worker: "dead", host: "here", processID: 2, now: instant(-1))
    try queue.one.noteAlive(worker: "quiet", host: "here", processID: 3, now: instant(0))

    try queue.one.noteGone(worker: "gone", now: instant(86_400))

    #expect(try listed() == ["quiet here 3 0 0"])
  }

  private func listed() throws -> [String] {
    try queue.raw().read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM workers ORDER BY name").map { row in
        let times = ["started_at", "seen_at"].map { row[$0] as Int64 / 1000 - instant(0).seconds }
        return "\(row["name"] as String) \(row["host"] as String) \(row["pid"] as Int) \(times[0]) \(times[1])"
      }
    }
  }
}
