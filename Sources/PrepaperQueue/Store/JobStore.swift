internal import GRDB
import PrepaperDomain
package import PrepaperSQLite

/// The durable queue of runs: each method is one transaction that leaves it true.
///
/// The methods block their thread while SQLite works, and pay no heed to a task's cancellation: an outcome must be
/// written all the same.
package struct JobStore: Sendable {
  let store: SQLiteStore

  /// Opens the queue at an absolute path; a new or older file is brought to this version.
  ///
  /// - Throws: `SQLiteFailure`, or `JobStoreError` with `schema_newer` or `schema_foreign`.
  package init(path: String, busyWait: BusyWait, durability: Durability = .full) throws {
    store = try SQLiteStore(
      path: path, busyWait: busyWait, isWriteAheadLog: true, durability: durability,
      isOurs: { try QueueSchema.migrator.isKnown(in: $0) })
    try QueueSchema.migrate(store)
  }

  /// The file.
  package var path: String { store.path }

  /// The version of the tables that this program makes, and brings older files to.
  package static var schemaVersion: Int { QueueSchema.migrator.version }

  /// Whether the file that was opened is still the one at its path: what is written to another one is lost.
  package var isInPlace: Bool { store.isInPlace }

  /// How long the write-ahead log is, in bytes.
  package var logBytes: Int64 { store.logBytes }

  /// Carries the write-ahead log over into the file, as far as nobody still reads it.
  ///
  /// - Throws: `SQLiteFailure`.
  package func checkpoint() throws {
    try store.withoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
  }

  /// A number that changes with every commit of another connection.
  ///
  /// - Throws: `SQLiteFailure`.
  package func dataVersion() throws -> Int64 {
    try store.withoutTransaction { try Int64.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0 }
  }

  /// The level of durability that SQLite works at: 2 is FULL.
  ///
  /// - Throws: `SQLiteFailure`.
  package func synchronous() throws -> Int {
    try store.withoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
  }
}

extension Database {
  /// Adds a line to the history.
  func note(_ kind: String, job: Int64, attempt: Int64, worker: String?, at now: UTCTimestamp) throws {
    try cachedStatement(sql: "INSERT INTO job_events (job_id, attempt, worker, kind, at) VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [job, attempt, worker, kind, now.milliseconds])
  }
}
