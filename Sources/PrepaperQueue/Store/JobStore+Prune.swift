internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// Takes ended jobs out of the queue, with their attempts and their history.
  ///
  /// Each step holds the queue while `removing` deletes the files of some jobs, so that nobody can retry one of them
  /// meanwhile; a crash in between leaves rows whose files are gone, and the next call takes them.
  ///
  /// - Parameters:
  ///   - before: jobs that ended before this moment.
  ///   - atOnce: how many jobs a step takes.
  ///   - removing: deletes what a job has left outside the queue.
  /// - Returns: how many jobs are gone.
  /// - Throws: `SQLiteFailure`, or what `removing` throws: that step is undone, the ones before it hold.
  package func prune(endedBefore before: UTCTimestamp, atOnce: Int = 20, removing: (PrunedJob) throws -> Void) throws
    -> Int
  {
    var pruned = 0
    var last: Int64 = 0
    while true {
      // Found without holding the queue: among a million jobs that are too young, that takes a while.
      let found = try store.read { database in
        try Int64.fetchAll(
          database.cachedStatement(sql: "SELECT id FROM jobs WHERE id > ? AND \(Self.isOver) ORDER BY id LIMIT ?"),
          arguments: [last, before.milliseconds, atOnce])
      }
      pruned += try store.write { database in
        try found.count { try prune($0, endedBefore: before, in: database, removing) }
      }
      guard let end = found.last, found.count == atOnce else { return pruned }
      last = end
    }
  }

  /// Takes a job out, if it is still one to take.
  private func prune(
    _ id: Int64, endedBefore before: UTCTimestamp, in database: Database, _ removing: (PrunedJob) throws -> Void
  ) throws -> Bool {
    let row = try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT run_id, artifacts_root, run_dir FROM jobs WHERE id = ? AND \(Self.isOver)"),
      arguments: [id, before.milliseconds])
    guard let row else { return false }
    let logs = try String.fetchAll(
      database.cachedStatement(sql: "SELECT log FROM attempts WHERE job_id = ?"), arguments: [id])
    if let runID = RunID(row["run_id"]) {
      try removing(
        PrunedJob(
          runID: runID, artifactsRoot: row["artifacts_root"], isPublished: (row["run_dir"] as String?) != nil,
          logs: logs))
    }
    try database.cachedStatement(sql: "DELETE FROM jobs WHERE id = ?").execute(arguments: [id])
    return true
  }

  private static let isOver = "state IN ('succeeded', 'failed', 'cancelled') AND finished_at < ?"
}
