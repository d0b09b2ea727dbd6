internal import GRDB

extension Database {
  /// Lets the next job of a concurrency key go, if none of them runs: the highest priority, then the oldest.
  ///
  /// To be called, in the same transaction, whenever a job of the key has entered the queue or has stopped running.
  func settle(key: String?) throws {
    guard let key else { return }
    let isRunning =
      try Bool.fetchOne(
        cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM jobs WHERE concurrency_key = ? AND state = 'running')"),
        arguments: [key]) ?? false
    let next =
      isRunning
      ? nil
      : try Int64.fetchOne(
        cachedStatement(
          sql: """
            SELECT id FROM jobs WHERE concurrency_key = ? AND state = 'queued' ORDER BY priority DESC, id LIMIT 1
            """),
        arguments: [key])
    // Held first: at no moment may two go.
    try cachedStatement(
      sql: "UPDATE jobs SET held = 1 WHERE concurrency_key = ? AND state = 'queued' AND held = 0 AND id IS NOT ?"
    ).execute(arguments: [key, next])
    if let next {
      try cachedStatement(sql: "UPDATE jobs SET held = 0 WHERE id = ? AND held = 1").execute(arguments: [next])
    }
  }
}
