import Foundation
import GRDB
import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperTestSupport

/// A store of bars in a directory of its own, and a second connection that looks at it as other tools do.
struct BarsFile {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  var path: String { directory.path + "/bars.db" }

  /// A connection of ours.
  func store(seed: UInt64 = 1) throws -> BarStore {
    try BarStore(path: path, busyWait: BusyWait(seed: seed))
  }

  func source() -> SQLiteBarSource { SQLiteBarSource(path: path, busyWait: BusyWait(seed: 1)) }

  /// Another tool's connection.
  func other() throws -> DatabaseQueue { try DatabaseQueue(path: path) }

  /// Lets another tool do something to the file.
  func execute(_ sql: String) throws {
    try other().writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  /// The rows of a query, their columns with blanks between them.
  func rows(_ sql: String) throws -> [String] {
    try other().read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map { "\($0.storage.value ?? "NULL" as any DatabaseValueConvertible)" }
          .joined(separator: " ")
      }
    }
  }

  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  /// Makes a table of bars as somebody else might have it, with these series in it.
  static func write(_ series: [BarSeries], to path: String) throws {
    try DatabaseQueue(path: path).write { database in
      try database.execute(
        sql: """
          CREATE TABLE bars (
            symbol, tf, ts INTEGER, open, high, low, close, volume, vwap, PRIMARY KEY (symbol, tf, ts))
          """)
      for series in series {
        for index in 0..<series.count {
          let bar = series[index]
          try database.execute(
            sql: """
              INSERT INTO bars (symbol, tf, ts, open, high, low, close, volume) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
              """,
            arguments: [
              series.symbol.description, series.timeframe.rawValue, bar.time.seconds, bar.open, bar.high, bar.low,
              bar.close, bar.volume,
            ])
        }
      }
    }
  }
}

/// Minutes of SPY from an instant on, a bar each for the closes given; nil for a minute without one.
func minutes(
  from start: String = "2013-10-04T13:30:00Z", _ closes: [Double?], symbol ticker: String = "SPY",
  timeframe: Timeframe = .m1
) throws -> BarSeries {
  var series = BarSeries(symbol: try symbol(ticker), timeframe: timeframe)
  for (index, close) in closes.enumerated() {
    guard let close else { continue }
    let time = try instant(start) + timeframe.duration * index
    series.append(Bar(time: time, open: 10, high: max(12, close), low: min(9, close), close: close, volume: 100))
  }
  return series
}
