internal import GRDB
import PrepaperDomain

extension Database {
  /// The bar that opens at an instant, or nil.
  func bar(of symbol: Symbol, _ timeframe: Timeframe, at time: UTCTimestamp) throws -> Bar? {
    var found: Bar?
    try eachBar(of: symbol, timeframe, in: TimeSpan(from: time, to: time + .seconds(1))) { found = $0 }
    return found
  }

  /// Adds a bar, which takes the place of one at the same instant.
  func insert(
    _ bar: Bar, of symbol: Symbol, _ timeframe: Timeframe, source: String, at now: UTCTimestamp
  ) throws {
    try cachedStatement(
      sql: """
        INSERT OR REPLACE INTO bars (symbol, tf, ts, open, high, low, close, volume, source, fetched_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      symbol.description, timeframe.rawValue, bar.time.seconds, bar.open, bar.high, bar.low, bar.close, bar.volume,
      source, now.seconds,
    ])
  }

  /// Notes that a bar came again with other numbers; the same ones are noted once.
  func record(_ revision: BarRevision, replaced: Bool, source: String, at now: UTCTimestamp) throws {
    let (kept, came) = (revision.kept, revision.revised)
    try cachedStatement(
      sql: """
        INSERT OR IGNORE INTO revisions (symbol, tf, ts, kept_open, kept_high, kept_low, kept_close, kept_volume,
          came_open, came_high, came_low, came_close, came_volume, replaced, source, seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      revision.symbol.description, revision.timeframe.rawValue, kept.time.seconds, kept.open, kept.high, kept.low,
      kept.close, kept.volume, came.open, came.high, came.low, came.close, came.volume, replaced, source, now.seconds,
    ])
  }

  /// The revisions of bars that open in a span, in the order of the bars and then as they came.
  func revisions(of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan) throws -> [RecordedRevision] {
    try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT ts, kept_open, kept_high, kept_low, kept_close, kept_volume,
            came_open, came_high, came_low, came_close, came_volume, replaced, source, seen_at FROM revisions
          WHERE symbol = ? AND tf = ? AND ts >= ? AND ts < ? ORDER BY ts, rowid
          """),
      arguments: [symbol.description, timeframe.rawValue, span.from.secondsUp, span.to.secondsUp]
    ).map { row in
      let time = UTCTimestamp(seconds: row[0])
      func bar(from column: Int) -> Bar {
        Bar(
          time: time, open: row[column], high: row[column + 1], low: row[column + 2], close: row[column + 3],
          volume: row[column + 4])
      }
      return RecordedRevision(
        revision: BarRevision(symbol: symbol, timeframe: timeframe, kept: bar(from: 1), revised: bar(from: 6)),
        isReplaced: row[11], source: row[12], seenAt: UTCTimestamp(seconds: row[13]))
    }
  }

  /// Notes that the bars of a span are all there, in one range with those that it touches.
  func addRange(_ span: TimeSpan, of symbol: Symbol, _ timeframe: Timeframe, at now: UTCTimestamp) throws {
    let (from, to) = (span.from.secondsUp, span.to.secondsUp)
    guard from < to else { return }
    let touched = "symbol = ? AND tf = ? AND from_ts <= ? AND to_ts >= ?"
    let key: StatementArguments = [symbol.description, timeframe.rawValue, to, from]
    let row = try Row.fetchOne(
      cachedStatement(sql: "SELECT min(from_ts), max(to_ts) FROM ranges WHERE \(touched)"), arguments: key)
    let (first, last) = (row?[0] as Int64?, row?[1] as Int64?)
    try cachedStatement(sql: "DELETE FROM ranges WHERE \(touched)").execute(arguments: key)
    try cachedStatement(
      sql: "INSERT INTO ranges (symbol, tf, from_ts, to_ts, fetched_at) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [
      symbol.description, timeframe.rawValue, min(first ?? from, from), max(last ?? to, to), now.seconds,
    ])
  }
}
