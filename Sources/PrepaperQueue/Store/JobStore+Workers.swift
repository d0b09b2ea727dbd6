internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Notes that a worker is alive: a small durable write, which proves that the queue can be written.
  ///
  /// - Parameter bell: the name of the socket that wakes it.
  /// - Throws: `SQLiteFailure`.
  package func noteAlive(worker: String, host: String, processID: Int32, bell: String? = nil, now: UTCTimestamp) throws
  {
    try store.write { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO workers (name, host, pid, bell, started_at, seen_at)
          VALUES (:name, :host, :pid, :bell, :now, :now)
          ON CONFLICT (name) DO UPDATE SET seen_at = :now
          """
      ).execute(arguments: ["name": worker, "host": host, "pid": processID, "bell": bell, "now": now.milliseconds])
    }
  }

  /// Takes a worker off the list, and with it those that were not seen for a day.
  ///
  /// - Throws: `SQLiteFailure`.
  package func noteGone(worker: String, now: UTCTimestamp) throws {
    try store.write { database in
      try database.cachedStatement(sql: "DELETE FROM workers WHERE name = ? OR seen_at < ?")
        .execute(arguments: [worker, (now - .seconds(86_400)).milliseconds])
    }
  }
}
