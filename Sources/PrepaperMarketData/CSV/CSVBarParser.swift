import PrepaperDomain

/// Reads bars from CSV, piece by piece; the header says which column is which, and the first error is named by line
/// and column.
///
/// - columns `ts` (or `timestamp`, `time`, `datetime`, `date`), `open`, `high`, `low`, `close`, `volume`, in any order
///   and case; other columns are passed over
/// - `ts` is RFC 3339 with a zone, a count since the epoch in seconds, milliseconds, microseconds or nanoseconds, or
///   for daily bars the session's date
/// - lines end in LF or CRLF; a byte order mark is passed over; empty lines may only stand at the end
///
/// All bars are checked, whatever part of them is wanted. A library that gives each field as a text could not do it: such
/// texts alone take 25 times as long as bars that are read straight from the bytes.
struct CSVBarParser {
  /// A longer line is refused: it is not of a table of bars, and what is read in pieces must end somewhere.
  static let longestLine = 1 << 16

  private let source: String
  private let timeframe: Timeframe
  private let span: TimeSpan?
  private var line = 0
  private var emptyLine: Int?
  /// The beginning of a line whose end has not come yet.
  private var begun: [UInt8] = []
  private var columns: CSVColumns?
  private var rows: CSVRowReader
  private var rules: BarRules
  private var series: BarSeries

  /// - Parameters:
  ///   - source: the name that errors begin with.
  ///   - span: which bars are wanted; nil for all.
  init(source: String, symbol: Symbol, timeframe: Timeframe, span: TimeSpan? = nil) {
    self.source = source
    self.timeframe = timeframe
    self.span = span
    rows = CSVRowReader(roles: [], timeframe: timeframe)
    rules = BarRules(timeframe: timeframe)
    series = BarSeries(symbol: symbol, timeframe: timeframe)
  }

  /// The whole text as a series.
  ///
  /// - Throws: `RunError` with `bars_invalid`: source, line and rule of the first offender.
  mutating func parse(_ bytes: [UInt8]) throws(RunError) -> BarSeries {
    reserveCapacity(bytes: bytes.count)
    try read(bytes.span)
    return try finish()
  }

  /// Makes room for the bars of a text of that length.
  mutating func reserveCapacity(bytes: Int) {
    // A row of bars is at least this long, so that the columns rarely grow.
    series.reserveCapacity(bytes / 40)
  }

  /// Reads the next piece, cut anywhere.
  ///
  /// - Throws: `RunError` with `bars_invalid`.
  mutating func read(_ bytes: Span<UInt8>) throws(RunError) {
    var start = 0
    if !begun.isEmpty {
      while start < bytes.count, bytes[start] != UInt8(ascii: "\n") { start += 1 }
      guard start < bytes.count else { return try keep(bytes) }
      start += 1
      try keep(bytes.extracting(..<start))
      let line = begun
      begun = []
      try readLines(line.span)
    }
    var end = bytes.count
    while end > start, bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
    try readLines(bytes.extracting(start..<end))
    try keep(bytes.extracting(end...))
  }

  /// The bars, after the last piece.
  ///
  /// - Throws: `RunError` with `bars_invalid`.
  mutating func finish() throws(RunError) -> BarSeries {
    if !begun.isEmpty {
      let line = begun + [UInt8(ascii: "\n")]
      begun = []
      try readLines(line.span)
    }
    guard columns != nil else {
      line = 1
      throw invalid("the file is empty; a header should be its first line")
    }
    return series
  }

  private mutating func keep(_ bytes: Span<UInt8>) throws(RunError) {
    guard begun.count + bytes.count <= Self.longestLine else {
      line += 1
      throw tooLong
    }
    for index in bytes.indices { begun.append(bytes[index]) }
  }

  /// Reads whole lines: the last byte ends one.
  private mutating func readLines(_ bytes: Span<UInt8>) throws(RunError) {
    var position = 0
    while position < bytes.count {
      line += 1
      let start = position
      if columns != nil, emptyLine == nil, let bar = rows.bar(bytes, &position),
        position - start <= Self.longestLine
      {
        try append(bar)
      } else {
        position = start
        try readLine(bytes, &position)
      }
    }
  }

  private mutating func append(_ bar: Bar) throws(RunError) {
    if let broken = rules.check(bar) { throw invalid(broken) }
    if span?.contains(bar.time) ?? true { series.append(bar) }
  }

  /// A line the long way, that knows all forms and errors.
  private mutating func readLine(_ bytes: Span<UInt8>, _ position: inout Int) throws(RunError) {
    var text: [UInt8] = []
    while bytes[position] != UInt8(ascii: "\n") {
      text.append(bytes[position])
      position += 1
    }
    position += 1
    guard text.count < Self.longestLine else { throw tooLong }
    if let emptyLine, text.contains(where: { $0 != UInt8(ascii: "\r") }) {
      line = emptyLine
      throw invalid("an empty line")
    }
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    let fields = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard let columns else {
      let columns = try CSVColumns(header: fields) { invalid($0) }
      self.columns = columns
      rows = CSVRowReader(roles: columns.roles, timeframe: timeframe)
      return
    }
    if text.isEmpty || emptyLine != nil {
      emptyLine = emptyLine ?? line
    } else {
      try append(try bar(fields, columns))
    }
  }

  private func bar(_ fields: [ArraySlice<UInt8>], _ columns: CSVColumns) throws(RunError) -> Bar {
    guard fields.count == columns.roles.count else {
      throw invalid("\(fields.count) fields, but the header has \(columns.roles.count)")
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
    if let count = wholeNumber(field) { return instant(ofCount: count) }
    let text = text(field)
    if let instant = UTCTimestamp(rfc3339: text) { return instant }
    if timeframe == .d1, let date = CivilDate(iso: text) { return date.startUTC }
    throw invalid("column ts: '\(text)' is neither RFC 3339 with a zone nor a count since the epoch")
  }

  private func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix(60), as: UTF8.self)
  }

  private var tooLong: RunError { invalid("the line is longer than \(Self.longestLine) bytes") }

  private func invalid(_ problem: String) -> RunError {
    RunError(.barsInvalid, "\(source), line \(line): \(problem)")
  }
}
