import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct SQLiteBarSourceTests {
  private static let contract = BarSourceContract(
    source: { series, directory in
      try BarsFile.write(series, to: directory.path + "/bars.db")
      return SQLiteBarSource(path: directory.path + "/bars.db", busyWait: BusyWait(seed: 1))
    },
    place: { bar, _, directory in ["\(directory.path)/bars.db", "SPY M1 \(bar.time)"] })

  @Test(arguments: BarSourceContract.Rule.allCases)
  func `a database holds to what all sources hold to`(rule: BarSourceContract.Rule) async throws {
    try await Self.contract.check(rule)
  }

  @Test func `a file that is not there is an error, and is not made`() throws {
    let file = try BarsFile()

    let error = try #require(throws: RunError.self) { try file.source().open(.of("SPY", .m1)) }

    #expect(error.code == .symbolUnknown)
    #expect(error.message == "cannot read bars from \(file.path): No such file or directory")
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.directory.path).isEmpty)
  }

  @Test func `a file is read as it is and not changed`() async throws {
    let file = try BarsFile()
    let bars = try minutes([10, 11, 12])
    try BarsFile.write([bars], to: file.path)
    let before = try file.bytes()

    let read = try await file.source().open(.of("SPY", .m1)).bars(in: always).series

    #expect(read == bars)
    #expect(try file.bytes() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.directory.path) == ["bars.db"])
  }

  @Test(arguments: [
    ("CREATE TABLE other (id)", "has no table bars; name a store of bars"),
    (
      "CREATE TABLE bars (Symbol, TF, time, open, high, low, close)",
      ": its table bars lacks ts, volume"
    ),
  ])
  func `a database without the columns of bars is refused by their names`(sql: String, problem: String) throws {
    let file = try BarsFile()
    try file.execute(sql)

    let error = try #require(throws: RunError.self) { try file.source().open(.of("SPY", .m1)) }

    #expect(error.code == .barsInvalid)
    #expect(error.message.hasPrefix(file.path))
    #expect(error.message.hasSuffix(problem), "\(error.message)")
  }

  @Test(arguments: [
    ("'2013-10-04', 10, 12, 9, 11, 100", "SPY M1: ts \"2013-10-04\" is not a count of seconds since 1970-01-01"),
    ("1380893400000, 10, 12, 9, 11, 100", "SPY M1: ts 1380893400000 is not a count of seconds since 1970-01-01"),
    ("1380893400, 'ten', 12, 9, 11, 100", "SPY M1 2013-10-04T13:30:00Z: column open is not a number"),
    ("1380893400, 10, 12, 9, 11, NULL", "SPY M1 2013-10-04T13:30:00Z: column volume is not a number"),
    ("1380893400, 10, 9, 9, 11, 100", "SPY M1 2013-10-04T13:30:00Z: high 9.0 is below open or close"),
  ])
  func `a row that is no bar is named`(row: String, problem: String) async throws {
    let file = try BarsFile()
    try BarsFile.write([], to: file.path)
    try file.execute(
      "INSERT INTO bars (symbol, tf, ts, open, high, low, close, volume) VALUES ('SPY', 'M1', \(row))")

    let error = try await #require(throws: RunError.self) {
      try await file.source().open(.of("SPY", .m1)).bars(in: always)
    }

    #expect(error.code == .barsInvalid)
    #expect(error.message.hasPrefix(file.path))
    #expect(error.message.hasSuffix(problem), "\(error.message)")
  }

  @Test func `whole numbers are prices too`() async throws {
    let file = try BarsFile()
    try BarsFile.write([], to: file.path)
    try file.execute(
      """
      INSERT INTO bars (symbol, tf, ts, open, high, low, close, volume)
      VALUES ('SPY', 'M1', 1380893400, 10, 12, 9.5, 11, 100)
      """)

    let bars = try await file.source().open(.of("SPY", .m1)).bars(in: always).series

    let time = try instant("2013-10-04T13:30:00Z")
    #expect(bars.count == 1)
    #expect(bars[0] == Bar(time: time, open: 10, high: 12, low: 9.5, close: 11, volume: 100))
  }

  @Test(arguments: [
    ([Timeframe.m1, .m5, .m15], Timeframe.m15, Timeframe?.none, Timeframe.m15),
    ([.m1, .m5], .m15, nil, .m1),
    ([.m1, .m15], .m15, .m1, .m1),
    ([.h1], .d1, nil, .h1),
  ])
  func `the wanted timeframe itself is taken, else the shortest that builds it`(
    present: [Timeframe], wanted: Timeframe, base: Timeframe?, taken: Timeframe
  ) throws {
    let file = try BarsFile()
    let series = try present.map { try minutes(from: "2013-10-04T00:00:00Z", [11], timeframe: $0) }
    try BarsFile.write(series, to: file.path)

    #expect(try file.source().open(.of("SPY", wanted, base: base)).timeframe == taken)
  }

  @Test func `what is no database is refused`() throws {
    let file = try BarsFile()
    try file.directory.write(String(repeating: "ts,open\n", count: 200), to: "bars.db")

    let error = try #require(throws: RunError.self) { try file.source().open(.of("SPY", .m1)) }

    #expect(error.code == .barsInvalid)
    #expect(error.message.contains("it is not an intact SQLite database"), "\(error.message)")
  }

  @Test func `it says what its bars are`() throws {
    let source = try BarsFile().source()

    #expect(source.kind == "sqlite")
    #expect(source.adjustment == "unknown")
    #expect(!source.isSynthetic)
  }
}
