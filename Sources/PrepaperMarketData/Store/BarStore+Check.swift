internal import GRDB
package import PrepaperDomain

/// What a check of a series in a store has found.
package struct CheckedSeries: Sendable {
  /// The instrument, as it stands in the store.
  package let symbol: String
  /// The timeframe, as it stands in the store.
  package let timeframe: String
  /// How many bars there are.
  package let bars: Int
  /// The first bar that breaks a rule; nil where all of them hold to all rules.
  package let broken: BrokenBar?
  /// Bars of it that came again with other numbers.
  package let revisions: [RecordedRevision]
}

/// A revision as a store has it.
package struct RecordedRevision: Hashable, Sendable {
  /// The bar as it was there, and as it came.
  package let revision: BarRevision
  /// Whether the bar that came took the other one's place.
  package let isReplaced: Bool
  /// What kind of source it came from.
  package let source: String
  /// When it was first seen.
  package let seenAt: UTCTimestamp
}

/// A row of a store that breaks a rule for bars.
package struct BrokenBar: Error, Hashable, Sendable {
  /// The bar's open; nil where the row has none.
  package let time: UTCTimestamp?
  /// Which rule it breaks, in words.
  package let rule: String
  /// The series, `SPY M1`.
  let series: String

  init(_ rule: String, at time: UTCTimestamp?, of symbol: Symbol, _ timeframe: Timeframe) {
    self.init(rule, at: time, of: "\(symbol) \(timeframe.rawValue)")
  }

  init(_ rule: String, at time: UTCTimestamp? = nil, of series: String) {
    self.time = time
    self.rule = rule
    self.series = series
  }

  /// The error of a run that meets it in a file.
  func error(in path: String) -> RunError {
    RunError(.barsInvalid, "\(path), \(series)\(time.map { " \($0)" } ?? ""): \(rule)")
  }
}

extension BarStore {
  /// The series that there are, by symbol and then by the length of their bars.
  ///
  /// - Throws: `RunError` with `bars_invalid` where a series has a row without a time.
  package func series() throws(RunError) -> [StoredSeries] {
    try read { database in
      try database.series().map { row in
        guard row.count == row.timed else { throw row.untimed }
        return StoredSeries(
          symbol: row.symbol, timeframe: row.timeframe, bars: row.count,
          ends: try row.time(row.first)...row.time(row.last))
      }
    }
  }

  /// Holds all bars to the rules that they have to hold to in a run, series by series.
  ///
  /// - Parameters:
  ///   - symbol: of which instrument; nil for all.
  ///   - timeframe: of which length; nil for all.
  /// - Throws: `RunError` where the store cannot be read. A bar that breaks a rule is a result.
  package func check(_ symbol: Symbol?, _ timeframe: Timeframe?) throws(RunError) -> [CheckedSeries] {
    try read { database in
      let hasRevisions = try BarsSchema.isOurs(in: database)
      return try database.series()
        .filter { row in
          (symbol.map { $0.description == row.symbol } ?? true)
            && (timeframe.map { $0.rawValue == row.timeframe } ?? true)
        }
        .map { row in
          var revisions: [RecordedRevision] = []
          if hasRevisions, let symbol = Symbol(row.symbol), let timeframe = Timeframe(rawValue: row.timeframe) {
            revisions = try database.revisions(of: symbol, timeframe, in: .always)
          }
          return CheckedSeries(
            symbol: row.symbol, timeframe: row.timeframe, bars: row.count, broken: try database.firstBroken(row),
            revisions: revisions)
        }
    }
  }
}

/// A series as a question to all rows gives it.
private struct SeriesRow {
  let symbol, timeframe: String
  /// How many rows there are, and how many of them say when.
  let count, timed: Int
  let first, last: DatabaseValue

  init(_ row: Row) {
    func name(_ index: Int) -> String {
      let value: DatabaseValue = row[index]
      return String.fromDatabaseValue(value) ?? value.description
    }
    (symbol, timeframe) = (name(0), name(1))
    (count, timed) = (row[2], row[3])
    (first, last) = (row[4], row[5])
  }

  var untimed: BrokenBar { BrokenBar("rows without a ts: \(count - timed)", of: "\(symbol) \(timeframe)") }

  func time(_ value: DatabaseValue) throws -> UTCTimestamp {
    guard let time = Database.time(value) else { throw Database.noTime(value, of: "\(symbol) \(timeframe)") }
    return time
  }
}

extension Database {
  fileprivate func series() throws -> [SeriesRow] {
    try Row.fetchAll(
      self, sql: "SELECT symbol, tf, count(*), count(ts), min(ts), max(ts) FROM bars GROUP BY symbol, tf"
    ).map(SeriesRow.init).sorted { left, right in
      if left.symbol != right.symbol { return left.symbol.utf8.lexicographicallyPrecedes(right.symbol.utf8) }
      return (left.length, left.timeframe) < (right.length, right.timeframe)
    }
  }

  /// The first bar of a series that breaks a rule, or nil.
  fileprivate func firstBroken(_ row: SeriesRow) throws -> BrokenBar? {
    let name = "\(row.symbol) \(row.timeframe)"
    guard let symbol = Symbol(row.symbol) else { return BrokenBar("the symbol is none that a run can have", of: name) }
    guard let timeframe = Timeframe(rawValue: row.timeframe) else {
      let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
      return BrokenBar("the timeframe is none of \(known)", of: name)
    }
    do {
      // What is no number comes first or last in SQLite's order, and in no span.
      guard row.count == row.timed else { throw row.untimed }
      _ = try (row.time(row.first), row.time(row.last))
      var rules = BarRules(timeframe: timeframe)
      try eachBar(of: symbol, timeframe, in: .always) { bar in
        if let rule = rules.check(bar) { throw BrokenBar(rule, at: bar.time, of: symbol, timeframe) }
      }
      return nil
    } catch let broken as BrokenBar {
      return broken
    }
  }
}

extension SeriesRow {
  /// In minutes; those that are not known come last.
  fileprivate var length: Int { Timeframe(rawValue: timeframe)?.minutes ?? .max }
}

extension TimeSpan {
  fileprivate static var always: TimeSpan {
    TimeSpan(from: UTCTimestamp(microseconds: .min), to: UTCTimestamp(microseconds: .max))
  }
}
