internal import GRDB
import PrepaperJSON

extension Database {
  /// Lets the next job of a concurrency key go, if none of them runs: the highest priority, then the oldest.
  ///
  /// To be called, in the same transaction, whenever a job of the key has entered the queue, held, or has stopped
  /// running.
  func settle(key: String?) throws {
    guard let key else { return }
    let holder = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT id, state FROM jobs WHERE concurrency_key = ? AND held = 0 AND state IN ('queued', 'running')
          """),
      arguments: [key])
    if let holder, holder["state"] == JobState.running.rawValue { return }
    let next = try Int64.fetchOne(
      cachedStatement(
        sql: "SELECT id FROM jobs WHERE concurrency_key = ? AND state = 'queued' ORDER BY priority DESC, id LIMIT 1"),
      arguments: [key])
    guard let next, next != holder?["id"] else { return }
    // Held first: at no moment may two go.
    if let holder { try setHeld(true, job: holder["id"]) }
    try setHeld(false, job: next)
  }

  private func setHeld(_ isHeld: Bool, job: Int64) throws {
    try cachedStatement(sql: "UPDATE jobs SET held = ? WHERE id = ?").execute(arguments: [isHeld, job])
  }
}
