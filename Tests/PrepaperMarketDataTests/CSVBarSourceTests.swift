import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct CSVBarSourceTests {
  static let row = "2013-10-04T13:30:00Z,10,12,9.5,11,300"

  @Test(arguments: [
    ("ts,open,high,low,close,volume", row),
    ("Volume,CLOSE,Low,hIgH,Open,TS", "300,11,9.5,12,10,2013-10-04T13:30:00Z"),
    ("open,timestamp,high,low,close,volume", "10,2013-10-04T13:30:00Z,12,9.5,11,300"),
    ("Time,open,high,low,close,volume", row),
    ("DATETIME,open,high,low,close,volume", row),
    ("Date,open,high,low,close,volume", row),
    ("ts,open,high,low,close,volume,vwap,trades", row + ",10.7,17"),
    ("exchange,ts,comment,open,high,low,close,volume", "ARCA,2013-10-04T13:30:00Z,,10,12,9.5,11,300"),
    ("open,high,low,close,adjusted,volume,ts", "10,12,9.5,11,n/a,300,2013-10-04T13:30:00Z"),
  ])
  func `the header says which column is which`(header: String, row: String) async throws {
    let files = try BarsDirectory()
    try files.write("\(header)\n\(row)\n")

    let bars = try await files.bars()

    #expect(bars.count == 1)
    let time = try instant("2013-10-04T13:30:00Z")
    #expect(bars[0] == Bar(time: time, open: 10, high: 12, low: 9.5, close: 11, volume: 300))
  }

  @Test(arguments: [
    ("2013-10-04T13:30:00Z", Timeframe.m1, "2013-10-04T13:30:00Z"),
    ("2013-10-04T09:30:00-04:00", .m1, "2013-10-04T13:30:00Z"),
    ("2013-10-04t13:30:00.000000000z", .m1, "2013-10-04T13:30:00Z"),
    ("2013-10-04 13:30+00:00", .m5, "2013-10-04T13:30:00Z"),
    ("1380893400", .m1, "2013-10-04T13:30:00Z"),
    ("1380893400000", .m1, "2013-10-04T13:30:00Z"),
    ("1380893400000000", .m1, "2013-10-04T13:30:00Z"),
    ("1380893400000000000", .m1, "2013-10-04T13:30:00Z"),
    ("60", .m1, "1970-01-01T00:01:00Z"),
    ("-60", .m1, "1969-12-31T23:59:00Z"),
    ("-1380893400000000000", .m1, "1926-03-30T10:30:00Z"),
    ("4102444740", .m1, "2099-12-31T23:59:00Z"),
    ("4102444740000", .m1, "2099-12-31T23:59:00Z"),
    ("4102444740000000", .m1, "2099-12-31T23:59:00Z"),
    ("4102444740000000000", .m1, "2099-12-31T23:59:00Z"),
    ("2013-10-04", .d1, "2013-10-04T00:00:00Z"),
    ("2013-10-04T00:00:00Z", .d1, "2013-10-04T00:00:00Z"),
    ("1380844800", .d1, "2013-10-04T00:00:00Z"),
    ("1380844800000", .d1, "2013-10-04T00:00:00Z"),
  ])
  func `a time is RFC 3339, a count since the epoch, or a session's date`(
    text: String, timeframe: Timeframe, time: String
  ) async throws {
    let files = try BarsDirectory()
    try files.write("\(BarsDirectory.header)\n\(text),10,12,9.5,11,300\n", to: "SPY.\(timeframe.rawValue).csv")

    let bars = try await files.bars(timeframe)

    #expect(bars.time.map(\.description) == [time])
  }

  @Test(arguments: [
    "{header}\n{first}\n{second}\n", "{header}\n{first}\n{second}", "{header}\r\n{first}\r\n{second}\r\n",
    "{header}\r\n{first}\r\n{second}", "{header}\n{first}\r\n{second}\n", "\u{feff}{header}\n{first}\n{second}\n",
    "\u{feff}{header}\r\n{first}\r\n{second}\r\n", "{header}\n{first}\n{second}\n\n\n",
    "{header}\r\n{first}\r\n{second}\r\n\r\n\r\n", "{header}\n{first}\n{second}\n\r\n\n",
  ])
  func `lines may end in LF or CRLF, and empty ones may follow the last`(form: String) async throws {
    let files = try BarsDirectory()
    try files.write(
      form.replacing("{header}", with: BarsDirectory.header)
        .replacing("{first}", with: "2013-10-04T13:30:00Z,10,12,9.5,11,300")
        .replacing("{second}", with: "2013-10-04T13:31:00Z,11,11,10,10.5,0"))

    let bars = try await files.bars()

    #expect(bars.time.map(\.description) == ["2013-10-04T13:30:00Z", "2013-10-04T13:31:00Z"])
    #expect(bars.close == [11, 10.5])
    #expect(bars.volume == [300, 0])
  }

  @Test func `a feed gives the bars that open in a span, its end not included`() async throws {
    let files = try BarsDirectory()
    let rows = (30...34).map { "2013-10-04T13:\($0):00Z,10,12,9.5,11,300" }
    try files.write(([BarsDirectory.header] + rows).joined(separator: "\n"))

    let feed = try files.open()
    let bars = try await feed.bars(in: span("2013-10-04T13:31:00Z", "2013-10-04T13:33:00Z")).series
    let between = try await feed.bars(in: span("2013-10-04T13:31:01Z", "2013-10-04T13:32:00Z")).series

    #expect(bars.time.map(\.description) == ["2013-10-04T13:31:00Z", "2013-10-04T13:32:00Z"])
    #expect(between.isEmpty)
    #expect(try feed.coverage == .span(span("2013-10-04T13:30:00Z", "2013-10-04T13:35:00Z")))
    #expect(feed.timeframe == .m1)
    #expect(bars.symbol.description == "SPY")
  }

  @Test func `a file with a header alone has no bars`() async throws {
    let files = try BarsDirectory()
    try files.write(BarsDirectory.header + "\n")

    let feed = try files.open()

    #expect(try await feed.bars(in: always).series.isEmpty)
    guard case .span(let coverage) = feed.coverage else { throw NotReadable(text: "\(feed.coverage)") }
    #expect(coverage.from == coverage.to)
  }

  @Test(arguments: [
    ([Timeframe.m1, .m5, .m15], Timeframe.m15, Timeframe?.none, Timeframe.m15),
    ([.m1, .m5], .m15, nil, .m1),
    ([.m5], .m15, nil, .m5),
    ([.m5, .m30], .h1, nil, .m5),
    ([.m1, .m5, .m15], .m15, .m5, .m5),
    ([.m1, .m15], .m15, .m1, .m1),
    ([.h1], .d1, nil, .h1),
  ])
  func `the wanted timeframe itself is taken, else the shortest that builds it`(
    present: [Timeframe], wanted: Timeframe, base: Timeframe?, taken: Timeframe
  ) throws {
    let files = try BarsDirectory()
    for timeframe in present { try files.write(BarsDirectory.header, to: "SPY.\(timeframe.rawValue).csv") }

    #expect(try files.open(wanted, base: base).timeframe == taken)
  }

  @Test(arguments: [
    (Timeframe.m15, Timeframe?.none, [Timeframe.m15, .m1, .m5]),
    (.m1, nil, [.m1]),
    (.m15, .m5, [.m5]),
    (.h1, nil, [.h1, .m1, .m5, .m15, .m30]),
  ])
  func `an error without a file names every path that was tried`(
    wanted: Timeframe, base: Timeframe?, tried: [Timeframe]
  ) throws {
    let files = try BarsDirectory()
    try files.write(BarsDirectory.header, to: "BAC.M1.csv")
    try files.write(BarsDirectory.header, to: "SPY.D1.csv")

    let error = try #require(throws: RunError.self) { try files.open(wanted, base: base) }

    let paths = tried.map { "\(files.path)/SPY.\($0.rawValue).csv" }.joined(separator: ", ")
    #expect(error.code == .symbolUnknown)
    #expect(error.message == "no bars of SPY: tried \(paths); check BARS_SOURCE")
  }

  @Test func `an error without a directory names the path`() throws {
    let files = try BarsDirectory()
    let source = CSVBarSource(directory: files.path + "/absent")

    let error = try #require(throws: RunError.self) { try source.open(.of("SPY", .m1)) }

    #expect(error.code == .symbolUnknown)
    #expect(error.message.contains("\(files.path)/absent/SPY.M1.csv"))
  }

  @Test func `a directory in the place of the file is an error with its path`() throws {
    let files = try BarsDirectory()
    try files.write("", to: "SPY.M1.csv/nothing")

    let error = try #require(throws: RunError.self) { try files.open() }

    #expect(error.message == "cannot read \(files.path)/SPY.M1.csv: Is a directory")
  }

  @Test func `what comes through a pipe comes once and may be asked for again`() async throws {
    let files = try BarsDirectory()
    let path = "\(files.path)/SPY.M1.csv"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let writer = Thread {
      try? Data("\(BarsDirectory.header)\n\(Self.row)\n".utf8).write(to: URL(fileURLWithPath: path))
    }
    writer.start()

    let source = CSVBarSource(directory: files.path)
    let first = try await source.open(.of("SPY", .m1)).bars(in: always).series
    let again = try await source.open(.of("SPY", .m1)).bars(in: always).series

    #expect(first.count == 1)
    #expect(again == first)
  }

  @Test func `a file that is replaced while it is open is read as it was`() async throws {
    let files = try BarsDirectory()
    try files.write("\(BarsDirectory.header)\n\(Self.row)\n")
    let feed = try files.open()

    try files.write("\(BarsDirectory.header)\nnonsense\n", to: "new")
    #expect(unsafe rename("\(files.path)/new", "\(files.path)/SPY.M1.csv") == 0)

    #expect(try await feed.bars(in: always).series.count == 1)
  }

  @Test func `rows that are appended while a file is open are not read`() async throws {
    let files = try BarsDirectory()
    let path = try files.write("\(BarsDirectory.header)\n\(Self.row)\n")
    let feed = try files.open()

    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("2013-10-04T13:31:00Z,10,1".utf8))
    try file.close()

    #expect(try await feed.bars(in: always).series.count == 1)
  }

  @Test func `a file that is cut short while it is open is an error that passes`() async throws {
    let files = try BarsDirectory()
    let path = try files.write("\(BarsDirectory.header)\n\(Self.row)\n")
    let feed = try files.open()

    #expect(unsafe truncate(path, 40) == 0)
    let error = try await #require(throws: RunError.self) { try await feed.bars(in: always) }

    #expect(error.code == .providerUnavailable)
    #expect(error.message == "cannot read \(path): it became shorter while it was read; try again")
  }

  @Test(arguments: [
    "{header}\n{row}\n2013-10-04T13:29:00Z,10,12,9.5,11,300\n", "{header}\n{row}\nnonsense\n",
    "{header}\n{row}\n2013-10-04T13:31:00Z,10,1",
  ])
  func `rows that do not tell the coverage are an error with its line`(form: String) throws {
    let files = try BarsDirectory()
    let path = try files.write(
      form.replacing("{header}", with: BarsDirectory.header).replacing("{row}", with: Self.row))

    let error = try #require(throws: RunError.self) { try files.open() }

    #expect(error.code == .barsInvalid)
    #expect(error.message.hasPrefix("\(path), line 3: "), "\(error.message)")
  }

  @Test func `opening a long file looks at its ends only, and reading at everything`() async throws {
    let files = try BarsDirectory()
    let start = try instant("2013-10-04T13:30:00Z")
    var rows = (0..<3000).map { "\(start + .seconds(60 * $0)),10,12,9.5,11,300" }
    rows[1500] = "nonsense"
    let path = try files.write(([BarsDirectory.header] + rows).joined(separator: "\n") + "\n")
    let last = start + .seconds(60 * 2999)

    let feed = try files.open()
    let error = try await #require(throws: RunError.self) {
      try await feed.bars(in: TimeSpan(from: last, to: last + .seconds(60)))
    }

    #expect(feed.coverage == .span(TimeSpan(from: start, to: last + .seconds(60))))
    #expect(error.message.hasPrefix("\(path), line 1502: "), "\(error.message)")
  }

  @Test func `what is wrong with a short file is told when it is opened`() throws {
    let files = try BarsDirectory()
    let path = try files.write("\(BarsDirectory.header)\n\(Self.row)\nnonsense\n")

    let error = try #require(throws: RunError.self) { try files.open() }

    #expect(error.message.hasPrefix("\(path), line 3: "), "\(error.message)")
  }

  @Test func `a line that is too long for bars is refused`() async throws {
    let files = try BarsDirectory()
    let long = "2013-10-04T13:31:00Z,10,12,9.5,11,300," + String(repeating: "x", count: 70_000)
    let path = try files.write("\(BarsDirectory.header),note\n\(Self.row),\n\(long)\n")

    let error = try await #require(throws: RunError.self) { try await files.bars() }

    #expect(error.message == "\(path), line 3: the line is longer than 65536 bytes")
  }

  @Test func `a long file is read in pieces, and every row once`() async throws {
    let files = try BarsDirectory()
    let start = try instant("2013-10-04T00:00:00Z")
    let rows = (0..<20_000).map { "\(start + .seconds(60 * $0)),10,12,9.5,11,\($0)" }
    try files.write(([BarsDirectory.header] + rows).joined(separator: "\r\n"))

    let bars = try await files.bars()

    #expect(bars.volume == (0..<20_000).map(Double.init))
  }

  @Test func `it says what its bars are`() {
    let source = CSVBarSource(directory: "/somewhere")

    #expect(source.kind == "csv")
    #expect(source.adjustment == "unknown")
    #expect(!source.isSynthetic)
  }
}
