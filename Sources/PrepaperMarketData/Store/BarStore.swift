internal import GRDB
internal import Glibc
package import PrepaperDomain
package import PrepaperSQLite

/// A SQLite file of bars: `bars(symbol, tf, ts, open, high, low, close, volume, …)`.
///
/// Every method is one transaction. Bars are checked whenever they are read, as anybody may have written them.
package struct BarStore: Sendable {
  let store: SQLiteStore

  /// Opens a store to write to it; a new or older file is brought to this version.
  ///
  /// - Throws: `RunError` with `bars_invalid`, `cannot_write`, `disk_full` or `store_busy`; a file that is not a store
  ///   of prepaper is left as it was.
  package init(path: String, busyWait: BusyWait) throws(RunError) {
    store = try Self.mapped(path) {
      let store = try SQLiteStore(
        path: path, busyWait: busyWait, isWriteAheadLog: true, isOurs: { try BarsSchema.isKnown(in: $0) })
      try BarsSchema.migrate(store)
      return store
    }
  }

  /// Opens a file that has a table of bars, whoever made it, only to read it.
  ///
  /// - Throws: `RunError` with `symbol_unknown` where there is none, `bars_invalid` or `store_busy`.
  package init(readingPath path: String, busyWait: BusyWait) throws(RunError) {
    guard unsafe access(path, F_OK) == 0 else {
      throw RunError(.symbolUnknown, "cannot read bars from \(path): \(unsafe String(cString: strerror(errno)))")
    }
    store = try Self.mapped(path) {
      let store = try SQLiteStore(readingPath: path, busyWait: busyWait)
      try store.read { try BarsSchema.check(in: $0, path: path) }
      return store
    }
  }

  /// The file.
  package var path: String { store.path }

  /// Where the bars of a series begin and end: the opens of the first and the last; nil where there are none.
  ///
  /// - Throws: `RunError`.
  package func ends(of symbol: Symbol, _ timeframe: Timeframe) throws(RunError) -> ClosedRange<UTCTimestamp>? {
    try read { database in
      // Two questions: each is one step in the index, together they would be a walk through all bars.
      func end(_ end: String) throws -> UTCTimestamp? {
        let value = try DatabaseValue.fetchOne(
          database.cachedStatement(sql: "SELECT \(end)(ts) FROM bars WHERE symbol = ? AND tf = ?"),
          arguments: [symbol.description, timeframe.rawValue])
        guard let value, !value.isNull else { return nil }
        return try Database.time(value, of: symbol, timeframe)
      }
      guard let first = try end("min"), let last = try end("max") else { return nil }
      return first...last
    }
  }

  /// The bars that open in a span, checked.
  ///
  /// - Throws: `RunError` with `bars_invalid`: file, bar and rule of the first offender.
  package func bars(
    of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan
  ) throws(RunError) -> BarSeries {
    try read { try $0.bars(of: symbol, timeframe, in: span) }
  }

  /// Runs reads on one snapshot.
  func read<Value>(_ body: (Database) throws -> Value) throws(RunError) -> Value {
    try Self.mapped(path) { try store.read(body) }
  }

  /// Runs statements in one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws(RunError) -> Value {
    try Self.mapped(path) { try store.write(body) }
  }

  /// Every failure as an error of the run.
  private static func mapped<Value>(_ path: String, _ body: () throws -> Value) throws(RunError) -> Value {
    do {
      return try body()
    } catch let error as RunError {
      throw error
    } catch let broken as BrokenBar {
      throw broken.error(in: path)
    } catch let failure as SQLiteFailure {
      throw RunError(failure.barsErrorCode, "bars \(failure)")
    } catch {
      throw RunError(.barsInvalid, "bars \(path): \(error)")
    }
  }
}

extension SQLiteFailure {
  fileprivate var barsErrorCode: RunErrorCode {
    switch kind {
    case .busy: .storeBusy
    case .diskFull: .diskFull
    case .readOnly, .cannotOpen: .cannotWrite
    case .constraint, .corrupt, .other: .barsInvalid
    }
  }
}

/// A series that a store has, by the names that its rows have, whoever wrote them.
package struct StoredSeries: Hashable, Sendable {
  /// The instrument, as it stands in the store.
  package let symbol: String
  /// The timeframe, as it stands in the store.
  package let timeframe: String
  /// How many bars there are.
  package let bars: Int
  /// The opens of the first and the last of them.
  package let ends: ClosedRange<UTCTimestamp>
}
