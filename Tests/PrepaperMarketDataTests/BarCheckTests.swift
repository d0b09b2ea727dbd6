import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperTestSupport
import Testing

@Suite struct BarCheckTests {
  private let now = UTCTimestamp(seconds: 1_767_600_000)

  private func reading(_ file: BarsFile) throws -> BarStore {
    try BarStore(readingPath: file.path, busyWait: BusyWait(seed: 1))
  }

  /// A row as somebody else might have written it.
  private func insert(_ rows: String..., into file: BarsFile) throws {
    for row in rows {
      try file.execute(
        "INSERT INTO bars (symbol, tf, ts, open, high, low, close, volume) VALUES (\(row))")
    }
  }

  @Test(arguments: [true, false])
  func `series are listed by symbol and then by the length of their bars`(isOurs: Bool) throws {
    let file = try BarsFile()
    let series = [
      try minutes([10, 11, nil, 12]), try minutes([10], timeframe: .m5), try minutes([10], timeframe: .m15),
      try minutes([10], symbol: "BRK.B"),
    ]
    if isOurs {
      for series in series { _ = try file.store().importBars(series, replacing: false, at: now) }
    } else {
      try BarsFile.write(series, to: file.path)
    }

    let listed = try reading(file).series()

    #expect(
      listed.map { "\($0.symbol) \($0.timeframe) \($0.bars) \($0.ends.lowerBound) \($0.ends.upperBound)" } == [
        "BRK.B M1 1 2013-10-04T13:30:00Z 2013-10-04T13:30:00Z", "SPY M1 3 2013-10-04T13:30:00Z 2013-10-04T13:33:00Z",
        "SPY M5 1 2013-10-04T13:30:00Z 2013-10-04T13:30:00Z", "SPY M15 1 2013-10-04T13:30:00Z 2013-10-04T13:30:00Z",
      ])
  }

  @Test func `names that no run knows are listed too, last among their symbol's`() throws {
    let file = try BarsFile()
    try BarsFile.write([minutes([10])], to: file.path)
    try insert("'SPY', '1 week', 1380844800, 10, 12, 9, 11, 1", into: file)

    #expect(try reading(file).series().map(\.timeframe) == ["M1", "1 week"])
  }

  @Test(
    arguments: [
      ("'SPY', 'M1', 1380893520, 10, 9, 9, 10, 1", "2013-10-04T13:32:00Z", "high 9.0 is below open or close"),
      (
        "'SPY', 'M1', 1380893490, 10, 12, 9, 10, 1", "2013-10-04T13:31:30Z",
        "time 2013-10-04T13:31:30Z is not aligned to M1"
      ),
      ("'SPY', 'M1', 1380893520, 'x', 12, 9, 10, 1", "2013-10-04T13:32:00Z", "column open is not a number"),
      ("'SPY', 'M1', 'now', 10, 12, 9, 10, 1", nil, "ts \"now\" is not a count of seconds since 1970-01-01"),
      ("'SPY', 'M1', NULL, 10, 12, 9, 10, 1", nil, "rows without a ts: 1"),
      ("'S P', 'M1', 1380893520, 10, 12, 9, 10, 1", nil, "the symbol is none that a run can have"),
      ("'SPY', 'W1', 1380893520, 10, 12, 9, 10, 1", nil, "the timeframe is none of M1, M5, M15, M30, H1, D1"),
    ] as [(String, String?, String)])
  func `the first bar of a series that breaks a rule is named`(row: String, time: String?, rule: String) throws {
    let file = try BarsFile()
    try BarsFile.write([minutes([10, 11]), minutes([10], symbol: "AAA")], to: file.path)
    // The bar after it is no better, but not the first.
    try insert(row, into: file)
    if row.contains("1380893") { try insert(row.replacing("1380893", with: "1380899"), into: file) }

    let broken = try reading(file).check(nil, nil).compactMap(\.broken)

    #expect(broken.map { $0.time?.description } == [time])
    #expect(broken.first?.rule.hasSuffix(rule) == true, "\(broken)")
  }

  @Test func `good bars break no rule, and revisions are reported`() throws {
    let file = try BarsFile()
    let store = try file.store()
    _ = try store.importBars(try minutes([10, 11]), replacing: false, at: now)
    _ = try store.importBars(try minutes([10, 12]), replacing: true, at: now)
    _ = try store.importBars(try minutes([10, 12], symbol: "QQQ"), replacing: false, at: now)

    let checked = try reading(file).check(nil, nil)

    #expect(checked.map(\.symbol) == ["QQQ", "SPY"])
    #expect(checked.map(\.bars) == [2, 2])
    #expect(checked.allSatisfy { $0.broken == nil })
    #expect(checked.map { $0.revisions.map(\.revision.kept.close) } == [[], [11]])
    #expect(checked.last?.revisions.first?.isReplaced == true)
  }

  @Test(
    arguments: [
      ("SPY", nil, ["SPY M1", "SPY M5"]), (nil, Timeframe.m1, ["QQQ M1", "SPY M1"]), ("SPY", .m5, ["SPY M5"]),
      ("SPY", .h1, []), (nil, nil, ["QQQ M1", "SPY M1", "SPY M5"]),
    ] as [(String?, Timeframe?, [String])])
  func `only what is asked for is checked`(ticker: String?, timeframe: Timeframe?, names: [String]) throws {
    let file = try BarsFile()
    try BarsFile.write(
      [minutes([10]), minutes([10], timeframe: .m5), minutes([10], symbol: "QQQ")], to: file.path)

    let checked = try reading(file).check(try ticker.map { try symbol($0) }, timeframe)

    #expect(checked.map { "\($0.symbol) \($0.timeframe)" } == names)
  }

  @Test func `a table of revisions that somebody else made is passed over`() throws {
    let file = try BarsFile()
    try BarsFile.write([minutes([10])], to: file.path)
    try file.execute("CREATE TABLE revisions (id)")

    #expect(try reading(file).check(nil, nil).map(\.revisions.count) == [0])
  }
}
