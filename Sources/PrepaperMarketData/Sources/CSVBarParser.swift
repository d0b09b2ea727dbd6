import PrepaperDomain

/// Reads bars from CSV; the header says which column is which, and the first error is named by line and column.
///
/// - columns `ts` (or `timestamp`, `time`, `datetime`, `date`), `open`, `high`, `low`, `close`, `volume`, in any order
///   and case; other columns are passed over
/// - `ts` is RFC 3339 with a zone, a count since the epoch in seconds, milliseconds, microseconds or nanoseconds, or
///   for daily bars the session's date
/// - lines end in LF or CRLF; a byte order mark is passed over; empty lines may only stand at the end
struct CSVBarParser {
  private let source: String
  private let symbol: Symbol
  private let timeframe: Timeframe
  private var line = 1

  init(source: String, symbol: Symbol, timeframe: Timeframe) {
    self.source = source
    self.symbol = symbol
    self.timeframe = timeframe
  }

  /// The whole file as a series.
  ///
  /// - Throws: `RunError` with `bars_invalid`: source, line and rule of the first offender.
  mutating func parse(_ bytes: [UInt8]) throws(RunError) -> BarSeries {
    var lines = CSVLines(bytes)
    guard let header = lines.next() else { throw invalid("the file is empty; a header should be its first line") }
    let columns = try Columns(header: header) { invalid($0) }
    var series = BarSeries(symbol: symbol, timeframe: timeframe)
    // A line of bars is at least this long, so that the columns rarely grow.
    series.reserveCapacity(bytes.count / 40)
    var rules = BarRules(timeframe: timeframe)
    while let fields = lines.next() {
      line += 1
      if fields.count == 1, fields[0].isEmpty {
        guard lines.isAtEnd else { throw invalid("an empty line") }
        break
      }
      let bar = try bar(fields, columns)
      if let broken = rules.check(bar) { throw invalid(broken) }
      series.append(bar)
    }
    return series
  }

  private func bar(_ fields: [ArraySlice<UInt8>], _ columns: Columns) throws(RunError) -> Bar {
    guard fields.count == columns.count else {
      throw invalid("\(fields.count) fields, but the header has \(columns.count)")
    }
    return Bar(
      time: try time(fields[columns.time]),
      open: try number(fields[columns.open], "open"), high: try number(fields[columns.high], "high"),
      low: try number(fields[columns.low], "low"), close: try number(fields[columns.close], "close"),
      volume: try number(fields[columns.volume], "volume"))
  }

  private func number(_ field: ArraySlice<UInt8>, _ column: String) throws(RunError) -> Double {
    guard let value = decimal(field) else { throw invalid("column \(column): '\(text(field))' is not a number") }
    return value
  }

  private func time(_ field: ArraySlice<UInt8>) throws(RunError) -> UTCTimestamp {
    if let count = wholeNumber(field) {
      // The unit shows in the size: seconds have ten digits until the year 2286.
      switch count.magnitude {
      case ..<100_000_000_000: return UTCTimestamp(seconds: count)
      case ..<100_000_000_000_000: return UTCTimestamp(milliseconds: count)
      case ..<100_000_000_000_000_000: return UTCTimestamp(microseconds: count)
      default: return UTCTimestamp(microseconds: count.flooredDivision(by: 1000))
      }
    }
    let text = text(field)
    if let instant = UTCTimestamp(rfc3339: text) { return instant }
    if timeframe == .d1, let date = CivilDate(iso: text) { return date.startUTC }
    throw invalid("column ts: '\(text)' is neither RFC 3339 with a zone nor a count since the epoch")
  }

  private func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix(60), as: UTF8.self)
  }

  private func invalid(_ problem: String) -> RunError {
    RunError(.barsInvalid, "\(source), line \(line): \(problem)")
  }
}

/// Which field of a line is which column.
private struct Columns {
  let time, open, high, low, close, volume: Int
  let count: Int

  init(header: [ArraySlice<UInt8>], invalid: (String) -> RunError) throws(RunError) {
    var places: [String: Int] = [:]
    let names = header.map { String(decoding: $0, as: UTF8.self).lowercased().filter { $0 != "\u{feff}" } }
    for (index, name) in names.enumerated() {
      let column = ["timestamp", "time", "datetime", "date"].contains(name) ? "ts" : name
      guard places.updateValue(index, forKey: column) == nil else { throw invalid("column '\(name)' stands twice") }
    }
    func place(_ column: String) throws(RunError) -> Int {
      guard let index = places[column] else {
        throw invalid("column '\(column)' is missing; the header has \(names.joined(separator: ","))")
      }
      return index
    }
    time = try place("ts")
    open = try place("open")
    high = try place("high")
    low = try place("low")
    close = try place("close")
    volume = try place("volume")
    count = header.count
  }
}
