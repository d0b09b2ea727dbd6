internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// What `prune` would take now.
  ///
  /// - Throws: `SQLiteFailure`.
  package func prunable(endedBefore before: UTCTimestamp) throws -> Prunable {
    try store.read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) AS jobs, count(run_dir) AS published,
            coalesce(sum((SELECT count(*) FROM attempts WHERE job_id = id)), 0) AS attempts
          FROM jobs WHERE state IN ('succeeded', 'failed', 'cancelled') AND finished_at < ?
          """, arguments: [before.milliseconds])
      return Prunable(jobs: row?["jobs"] ?? 0, attempts: row?["attempts"] ?? 0, published: row?["published"] ?? 0)
    }
  }
}
