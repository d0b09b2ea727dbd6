internal import GRDB
import PrepaperSQLite

extension JobStore {
  /// Compares every job with its history, on one snapshot, in one pass over the file; nothing is changed.
  ///
  /// What it needs of memory does not grow with the queue, but for the keys of the jobs that run.
  ///
  /// - Returns: what was read, and the first breach.
  /// - Throws: `SQLiteFailure`.
  package func check() throws -> QueueCheck {
    try store.read { database in
      var pass = try CheckPass(database)
      let breach = try pass.firstBreach()
      return QueueCheck(jobs: pass.jobCount, events: pass.eventCount, breach: breach)
    }
  }
}
