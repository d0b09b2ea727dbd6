internal import GRDB
internal import Glibc
package import PrepaperDomain
package import PrepaperSQLite

/// The shared database of signals: this project writes rows of the lab PREPAPER, and touches nothing else in it.
///
/// A connection lasts for one call: the file belongs to other tools too, and may be replaced between runs.
package struct SignalsStore: SignalsLedger {
  static let lab = "PREPAPER"

  /// The file.
  package let path: String
  private let busyWait: BusyWait

  package var place: String { path }

  /// The store at an absolute path; nothing is opened yet.
  package init(path: String, busyWait: BusyWait) {
    self.path = path
    self.busyWait = busyWait
  }

  /// Writes a batch in one transaction, skipping what is there byte for byte.
  ///
  /// - Throws: `RunError` with `signals_conflict`, `signals_schema_foreign`, `signals_unreadable`, `cannot_write`,
  ///   `disk_full` or `store_busy`; nothing of the batch stays then.
  package func write(_ batch: SignalsBatch) throws(RunError) -> SignalsReceipt {
    try mapped {
      try open().write { database in
        try SignalsSchema.ensure(in: database, path: path)
        var written = 0
        for signal in batch.signals where try insert(signal, of: batch, into: database) { written += 1 }
        return SignalsReceipt(written: written, duplicatesSkipped: batch.count - written)
      }
    }
  }

  /// The signals of a run, ordered by (instant, symbol, key); none where the store, or its table, is not there yet.
  ///
  /// - Throws: `RunError` with `signals_schema_foreign`, `signals_unreadable` or `store_busy`.
  package func signals(_ query: SignalsQuery) throws(RunError) -> [StoredSignal] {
    // Opening would make the file, with the reader as its owner.
    if unsafe access(path, F_OK) != 0, errno == ENOENT { return [] }
    return try mapped {
      try open().read { database in
        guard try SignalsSchema.isPresent(in: database) else { return [] }
        try SignalsSchema.check(in: database, path: path)
        return try Row.fetchAll(
          database,
          sql: """
            SELECT ts, symbol, idempotency_key, source_tag, payload_json FROM signals
            WHERE lab = ? AND run_id = ? ORDER BY ts, symbol, idempotency_key
            """, arguments: [Self.lab, query.runID.description]
        ).map { try stored($0) }
      }
    }
  }

  /// Whether the signal is new; one that is there already must have the same payload.
  private func insert(_ signal: StoredSignal, of batch: SignalsBatch, into database: Database) throws -> Bool {
    let present = try String.fetchOne(
      database.cachedStatement(
        sql: "SELECT payload_json FROM signals WHERE lab = ? AND run_id = ? AND idempotency_key = ?"),
      arguments: [Self.lab, batch.runID.description, signal.idempotencyKey])
    if let present {
      guard present == signal.payloadJSON else {
        throw RunError(
          .signalsConflict,
          "\(path): run \(batch.runID) has signal \(signal.idempotencyKey) already, as \(present), but now it is "
            + "\(signal.payloadJSON); nothing was written. Use another run id")
      }
      return false
    }
    try database.cachedStatement(
      sql: """
        INSERT INTO signals (lab, run_id, source_tag, ts, symbol, idempotency_key, payload_json, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Self.lab, batch.runID.description, signal.sourceTag, signal.time.iso8601, signal.symbol.description,
      signal.idempotencyKey, signal.payloadJSON, batch.createdAt.iso8601,
    ])
    return true
  }

  private func stored(_ row: Row) throws -> StoredSignal {
    guard
      let time = UTCTimestamp(rfc3339: row["ts"]), let symbol = Symbol(row["symbol"])
    else {
      throw RunError(
        .signalsUnreadable, "\(path): signal \(row["idempotency_key"] as String) has no readable ts or symbol")
    }
    return StoredSignal(
      time: time, symbol: symbol, idempotencyKey: row["idempotency_key"], sourceTag: row["source_tag"],
      payloadJSON: row["payload_json"])
  }

  private func open() throws(SQLiteFailure) -> SQLiteStore {
    try SQLiteStore(path: path, busyWait: busyWait, isWriteAheadLog: false)
  }

  /// Every failure as an error of the run.
  private func mapped<Value>(_ body: () throws -> Value) throws(RunError) -> Value {
    do {
      return try body()
    } catch let error as RunError {
      throw error
    } catch let failure as SQLiteFailure {
      throw RunError(failure.runErrorCode, "signals store \(failure)")
    } catch {
      throw RunError(.signalsUnreadable, "signals store \(path): \(error)")
    }
  }
}

extension SQLiteFailure {
  fileprivate var runErrorCode: RunErrorCode {
    switch kind {
    case .busy: .storeBusy
    case .diskFull: .diskFull
    case .readOnly: .cannotWrite
    case .constraint: .signalsSchemaForeign
    case .cannotOpen, .corrupt, .other: .signalsUnreadable
    }
  }
}
