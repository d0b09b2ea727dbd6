internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Keeps every worker from claiming, until `resume`; what runs goes on.
  ///
  /// - Returns: since when the queue is paused.
  /// - Throws: `SQLiteFailure`.
  @discardableResult
  package func pause(now: UTCTimestamp) throws -> UTCTimestamp {
    try store.write { database in
      try database.cachedStatement(sql: "UPDATE gate SET paused_at = coalesce(paused_at, ?)")
        .execute(arguments: [now.milliseconds])
      return try pausedSince(in: database) ?? now
    }
  }

  /// Lets workers claim again; says whether the queue was paused.
  ///
  /// - Throws: `SQLiteFailure`.
  @discardableResult
  package func resume() throws -> Bool {
    try store.write { database in
      let wasPaused = try isPaused(in: database)
      try database.cachedStatement(sql: "UPDATE gate SET paused_at = NULL").execute()
      return wasPaused
    }
  }

  func isPaused(in database: Database) throws -> Bool { try pausedSince(in: database) != nil }

  func pausedSince(in database: Database) throws -> UTCTimestamp? {
    try Row.fetchOne(database.cachedStatement(sql: "SELECT paused_at FROM gate"))?.timestamp("paused_at")
  }
}
