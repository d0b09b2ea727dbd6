package import GRDB
internal import Glibc

/// A connection to a SQLite file, whose errors say which file and what to do.
package struct SQLiteStore: Sendable {
  /// The file.
  package let path: String
  private let queue: DatabaseQueue
  private let identity: FileIdentity?

  /// Opens a database, and makes the file where it is not there.
  ///
  /// - Parameters:
  ///   - isWriteAheadLog: whether to keep a write-ahead log; where false the file stays as its owner has it.
  ///   - isOurs: whether the file may be changed at all: switching it to a write-ahead log changes it for good.
  /// - Throws: `SQLiteFailure`.
  package init(
    path: String, busyWait: BusyWait, isWriteAheadLog: Bool, durability: Durability = .full,
    isOurs: (Database) throws -> Bool = { _ in true }
  ) throws(SQLiteFailure) {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .callback { busyWait.wait(afterTries: $0) }
    configuration.label = path
    if isWriteAheadLog { makeFile(path) }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        if isWriteAheadLog, try isOurs(database) { try Self.switchToWriteAheadLog(database, busyWait) }
        // After the journal mode: what is acknowledged must survive a power cut.
        try database.execute(sql: "PRAGMA synchronous = \(durability.rawValue)")
        // A log that a long reader let grow is cut back when it begins anew.
        if isWriteAheadLog { try database.execute(sql: "PRAGMA journal_size_limit = \(16 << 20)") }
      }
    } catch {
      throw Self.failure(error, path)
    }
    identity = FileIdentity(path)
  }

  /// Whether the file that was opened is still the one at its path.
  package var isInPlace: Bool { FileIdentity(path) == identity }

  /// How long the write-ahead log is.
  package var logBytes: Int64 { FileIdentity("\(path)-wal")?.bytes ?? 0 }

  /// Opens a database that is there, only to read it: nothing is made or changed.
  ///
  /// - Throws: `SQLiteFailure`.
  package init(readingPath path: String, busyWait: BusyWait) throws(SQLiteFailure) {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .callback { busyWait.wait(afterTries: $0) }
    configuration.label = path
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw Self.failure(error, path)
    }
    identity = FileIdentity(path)
  }

  /// Runs reads on one snapshot.
  ///
  /// - Throws: `SQLiteFailure` for SQLite's errors, anything else as it is.
  package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      // GRDB's own read forbids writing with statements that cost more than most of ours.
      return try queue.unsafeRead { database in
        try database.inTransaction("BEGIN DEFERRED", body)
      }
    } catch {
      throw SQLiteFailure(error, path: path) ?? error
    }
  }

  /// Runs statements in one immediate transaction: all of them hold, or none.
  ///
  /// - Throws: `SQLiteFailure` for SQLite's errors, anything else as it is; the transaction is rolled back.
  package func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.writeWithoutTransaction { database in
        try database.inTransaction("BEGIN IMMEDIATE", body)
      }
    } catch {
      throw SQLiteFailure(error, path: path) ?? error
    }
  }

  /// Runs statements in one immediate transaction in which no row's references are held against the others until its
  /// end: then all of them must lead somewhere, but for those that did not before.
  ///
  /// - Throws: `SQLiteFailure` for SQLite's errors, anything else as it is; the transaction is rolled back.
  package func withoutForeignKeys<Value>(_ body: (Database) throws -> Value) throws -> Value {
    // SQLite takes no notice of it within a transaction.
    try withoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF") }
    let result = Result {
      try write { database in
        let before = try Self.danglingReferences(database)
        let value = try body(database)
        // `sqlite3` deletes rows that others refer to; a file must not be lost for that.
        if try !Self.danglingReferences(database).isSubset(of: before) { try database.checkForeignKeys() }
        return value
      }
    }
    try withoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = ON") }
    return try result.get()
  }

  /// Every reference of a row that leads nowhere.
  private static func danglingReferences(_ database: Database) throws -> Set<Row> {
    try Set(Row.fetchAll(database, sql: "PRAGMA foreign_key_check"))
  }

  /// Runs statements outside any transaction.
  ///
  /// - Throws: `SQLiteFailure` for SQLite's errors, anything else as it is.
  package func withoutTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.writeWithoutTransaction(body)
    } catch {
      throw SQLiteFailure(error, path: path) ?? error
    }
  }

  /// Two processes that switch a new file at the same moment get BUSY without the busy handler being asked.
  private static func switchToWriteAheadLog(_ database: Database, _ busyWait: BusyWait) throws {
    var tries = 0
    while true {
      do {
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        guard busyWait.wait(afterTries: tries) else { throw error }
        tries += 1
      }
    }
  }

  private static func failure(_ error: any Error, _ path: String) -> SQLiteFailure {
    SQLiteFailure(error, path: path)
      ?? SQLiteFailure(kind: .cannotOpen, path: path, detail: String(describing: error))
  }
}

extension Database {
  /// Runs a body in a transaction, with statements that are prepared once; GRDB prepares its own anew each time.
  fileprivate func inTransaction<Value>(_ begin: String, _ body: (Database) throws -> Value) throws -> Value {
    try cachedStatement(sql: begin).execute()
    do {
      let value = try body(self)
      try cachedStatement(sql: "COMMIT").execute()
      return value
    } catch {
      // Some failures have ended the transaction already. One that cannot be rolled back ends with the connection.
      if isInsideTransaction { try? rollback() }
      throw error
    }
  }
}

extension SQLiteFailure {
  fileprivate init(kind: Kind, path: String, detail: String) {
    self.kind = kind
    self.path = path
    self.detail = detail
  }
}

/// Makes an empty file that its group may write, as far as the umask lets it; SQLite alone would make it 0644.
///
/// Where it cannot be made, opening it tells why.
private func makeFile(_ path: String) {
  let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o660)
  if descriptor >= 0 { close(descriptor) }
}
