import PrepaperDomain
import Testing

@Suite struct CSVErrorTests {
  @Test(arguments: [
    ("", 1, "the file is empty; a header should be its first line"),
    ("\n", 1, "column 'ts' is missing; the header has "),
    ("ts,open,high,low,close\n", 1, "column 'volume' is missing; the header has ts,open,high,low,close"),
    ("open,high,low,close,volume\n", 1, "column 'ts' is missing; the header has open,high,low,close,volume"),
    ("ts;open;high;low;close;volume\n", 1, "column 'ts' is missing; the header has ts;open;high;low;close;volume"),
    (
      "2013-10-04T13:30:00Z,10,12,9.5,11,300\n", 1,
      "column 'ts' is missing; the header has 2013-10-04t13:30:00z,10,12,9.5,11,300"
    ),
    ("ts,open,high,low,close,volume,open\n", 1, "column 'open' stands twice"),
    ("ts,Timestamp,open,high,low,close,volume\n", 1, "column 'timestamp' stands twice"),
    ("ts,open,high,low,close,volume,vwap,VWAP\n", 1, "column 'vwap' stands twice"),
  ])
  func `a header that does not say where the columns are is refused`(csv: String, line: Int, rule: String) async throws
  {
    try await expect(csv, isRefusedAt: line, rule: rule)
  }

  @Test(arguments: [
    ("2013-10-04T13:31:00Z,10,12,9.5,11", "5 fields, but the header has 6"),
    ("2013-10-04T13:31:00Z,10,12,9.5,11,300,", "7 fields, but the header has 6"),
    ("2013-10-04T13:31:00Z,10,12,9,5,11,300", "7 fields, but the header has 6"),
    (" ", "1 fields, but the header has 6"),
    ("2013-10-04T13:31:00Z,ten,12,9.5,11,300", "column open: 'ten' is not a number"),
    ("2013-10-04T13:31:00Z,10,,9.5,11,300", "column high: '' is not a number"),
    ("2013-10-04T13:31:00Z,10,12,,11,300", "column low: '' is not a number"),
    ("2013-10-04T13:31:00Z,10,12,9.5,\"11\",300", "column close: '\"11\"' is not a number"),
    ("2013-10-04T13:31:00Z,10,12,9.5,11,", "column volume: '' is not a number"),
    ("2013-10-04T13:31:00Z,10,12,9.5,11, 300", "column volume: ' 300' is not a number"),
    ("2013-10-04T13:31:00Z,nan,12,9.5,11,300", "column open: 'nan' is not a number"),
    ("2013-10-04T13:31:00Z,10,inf,9.5,11,300", "column high: 'inf' is not a number"),
    ("2013-10-04T13:31:00Z,10,Infinity,9.5,11,300", "column high: 'Infinity' is not a number"),
    ("2013-10-04T13:31:00Z,10,12,9.5,0x0b,300", "column close: '0x0b' is not a number"),
    ("2013-10-04T13:31:00Z,10,12,9.5,11,1e400", "a number that is not finite"),
    ("2013-10-04T13:31:00Z,10,10.5,9.5,11,300", "high 10.5 is below open or close"),
    ("2013-10-04T13:31:00Z,11.5,11,9.5,10,300", "high 11.0 is below open or close"),
    ("2013-10-04T13:31:00Z,10,12,10.5,11,300", "low 10.5 is above open or close"),
    ("2013-10-04T13:31:00Z,11,12,10.5,10,300", "low 10.5 is above open or close"),
    ("2013-10-04T13:31:00Z,0,12,0,11,300", "a price of zero or less"),
    ("2013-10-04T13:31:00Z,10,12,0.0,11,300", "a price of zero or less"),
    ("2013-10-04T13:31:00Z,10,12,-9.5,11,300", "a price of zero or less"),
    ("2013-10-04T13:31:00Z,10,12,9.5,11,-1", "volume -1.0 is below zero"),
    ("2013-10-04T13:31:30Z,10,12,9.5,11,300", "time 2013-10-04T13:31:30Z is not aligned to M1"),
    ("2013-10-04T13:31:00.001Z,10,12,9.5,11,300", "time 2013-10-04T13:31:00.001Z is not aligned to M1"),
    ("1380893461,10,12,9.5,11,300", "time 2013-10-04T13:31:01Z is not aligned to M1"),
    ("2013-10-04T13:30:00Z,10,12,9.5,11,300", "time 2013-10-04T13:30:00Z stands twice"),
    ("2013-10-04T09:30:00-04:00,10,12,9.5,11,300", "time 2013-10-04T13:30:00Z stands twice"),
    (
      "2013-10-04T13:29:00Z,10,12,9.5,11,300",
      "time 2013-10-04T13:29:00Z is before the bar ahead of it, 2013-10-04T13:30:00Z"
    ),
    (
      "2013-10-04T13:31:00,10,12,9.5,11,300",
      "column ts: '2013-10-04T13:31:00' is neither RFC 3339 with a zone nor a count since the epoch"
    ),
    (
      "2013-10-05,10,12,9.5,11,300",
      "column ts: '2013-10-05' is neither RFC 3339 with a zone nor a count since the epoch"
    ),
    (",10,12,9.5,11,300", "column ts: '' is neither RFC 3339 with a zone nor a count since the epoch"),
    (
      "1380893460.0,10,12,9.5,11,300",
      "column ts: '1380893460.0' is neither RFC 3339 with a zone nor a count since the epoch"
    ),
    (
      "99999999999999999999,10,12,9.5,11,300",
      "column ts: '99999999999999999999' is neither RFC 3339 with a zone nor a count since the epoch"
    ),
    ("-99999999999,10,12,9.5,11,300", "time -1199-02-15T14:13:21Z is not aligned to M1"),
    ("", "an empty line"),
  ])
  func `the first bar that breaks a rule is named by its line`(row: String, rule: String) async throws {
    let good = ["2013-10-04T13:30:00Z,10,12,9.5,11,300", "2013-10-04T13:32:00Z,10,12,9.5,11,300"]
    let bad = "2013-10-04T13:31:00Z,0,0,0,0,-1"

    // Broken in the third line, and once more in the fifth, which nobody asks about.
    let lines = [BarsDirectory.header, good[0], row, good[1], bad]

    try await expect(lines.joined(separator: "\n") + "\n", isRefusedAt: 3, rule: rule)
    try await expect(lines.joined(separator: "\r\n"), isRefusedAt: 3, rule: rule)
    try await expect("\u{feff}" + lines.joined(separator: "\n"), isRefusedAt: 3, rule: rule)
  }

  @Test(arguments: [
    (Timeframe.m5, "2013-10-04T13:31:00Z", "time 2013-10-04T13:31:00Z is not aligned to M5"),
    (.m15, "2013-10-04T13:35:00Z", "time 2013-10-04T13:35:00Z is not aligned to M15"),
    (.m30, "2013-10-04T13:15:00Z", "time 2013-10-04T13:15:00Z is not aligned to M30"),
    (.h1, "2013-10-04T13:15:00Z", "time 2013-10-04T13:15:00Z is not aligned to H1"),
    (.d1, "2013-10-04T13:30:00Z", "time 2013-10-04T13:30:00Z is not aligned to D1"),
    (.d1, "2013-10-32", "column ts: '2013-10-32' is neither RFC 3339 with a zone nor a count since the epoch"),
  ])
  func `a bar must lie on its timeframe's grid`(timeframe: Timeframe, time: String, rule: String) async throws {
    let csv = "\(BarsDirectory.header)\n\(time),10,12,9.5,11,300\n"

    try await expect(csv, isRefusedAt: 2, rule: rule, timeframe: timeframe)
  }

  @Test func `an hour's bar may open on the half hour`() async throws {
    let files = try BarsDirectory()
    let rows = ["2013-10-04T13:30:00Z,10,12,9.5,11,300", "2013-10-04T14:00:00Z,10,12,9.5,11,300"]
    try files.write(([BarsDirectory.header] + rows).joined(separator: "\n"), to: "SPY.H1.csv")

    #expect(try await files.bars(.h1).count == 2)
  }

  @Test func `a long field is shown in part`() async throws {
    let field = String(repeating: "x", count: 1000)
    let csv = "\(BarsDirectory.header)\n2013-10-04T13:30:00Z,\(field),12,9.5,11,300\n"

    try await expect(
      csv, isRefusedAt: 2, rule: "column open: '\(String(repeating: "x", count: 60))' is not a number")
  }

  private func expect(
    _ csv: String, isRefusedAt line: Int, rule: String, timeframe: Timeframe = .m1,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let files = try BarsDirectory()
    let path = try files.write(csv, to: "SPY.\(timeframe.rawValue).csv")

    let error = try await #require(throws: RunError.self, sourceLocation: sourceLocation) {
      try await files.bars(timeframe)
    }

    #expect(error.code == .barsInvalid, sourceLocation: sourceLocation)
    #expect(error.message == "\(path), line \(line): \(rule)", sourceLocation: sourceLocation)
  }
}
