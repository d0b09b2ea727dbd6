internal import GRDB
package import PrepaperDomain
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
      let ids = try store.write { database in
        let rows = try Row.fetchAll(
          database.cachedStatement(
            sql: """
              SELECT id, run_id, artifacts_root, run_dir FROM jobs
              WHERE id > ? AND state IN ('succeeded', 'failed', 'cancelled') AND finished_at < ? ORDER BY id LIMIT ?
              """),
          arguments: [last, before.milliseconds, atOnce])
        for row in rows {
          let logs = try String.fetchAll(
            database.cachedStatement(sql: "SELECT log FROM attempts WHERE job_id = ?"), arguments: [row["id"] as Int64])
          if let runID = RunID(row["run_id"]) {
            try removing(
              PrunedJob(
                runID: runID, artifactsRoot: row["artifacts_root"], isPublished: (row["run_dir"] as String?) != nil,
                logs: logs))
          }
          try database.cachedStatement(sql: "DELETE FROM jobs WHERE id = ?").execute(arguments: [row["id"] as Int64])
        }
        return rows.map { $0["id"] as Int64 }
      }
      pruned += ids.count
      guard let end = ids.last, ids.count == atOnce else { return pruned }
      last = end
    }
  }
}
