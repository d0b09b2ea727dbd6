import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct RecordTests {
  @Test(arguments: [
    #""o":174,"h":175,"l":172,"c":174,"v":300"#, #""o":174.0,"h":175.0,"l":172.0,"c":174.00,"v":300.0"#,
    #""o":"174","h":"175.0","l":"172","c":"1.74e2","v":"300""#, #""o":1.74E+2,"h":175,"l":172.0,"c":174,"v":3e2"#,
  ])
  func `whole numbers, fractions and quoted ones are the same bar`(prices: String) async throws {
    let bars = try await bars([record("\"2025-12-15T14:30:00Z\"", prices)])

    #expect(bars[0] == Bar(time: minute(0), open: 174, high: 175, low: 172, close: 174, volume: 300))
  }

  @Test(arguments: [
    (#"{"unit": "s", "label": "open"}"#, "1765809000"), (#"{"unit": "s", "label": "open"}"#, "1765809000.0"),
    (#"{"unit": "s", "label": "open"}"#, "\"1765809000\""), (#"{"unit": "ms", "label": "open"}"#, "1765809000000"),
    (#"{"unit": "us", "label": "open"}"#, "1765809000000000"),
    (#"{"unit": "ns", "label": "open"}"#, "1765809000000000000"),
    (#"{"unit": "rfc3339", "label": "open"}"#, "\"2025-12-15T14:30:00Z\""),
    (#"{"unit": "rfc3339", "label": "open"}"#, "\"2025-12-15T09:30:00.000-05:00\""),
    (#"{"unit": "rfc3339", "label": "open", "zone": "America/New_York"}"#, "\"2025-12-15 09:30:00\""),
    (#"{"unit": "rfc3339", "label": "open", "zone": "America/New_York"}"#, "\"2025-12-15T14:30:00Z\""),
    (#"{"unit": "s", "label": "close"}"#, "1765809060"),
    (#"{"unit": "rfc3339", "label": "close"}"#, "\"2025-12-15T14:31:00Z\""),
  ])
  func `a time is read in its unit and made the bar's open`(time: String, value: String) async throws {
    let bars = try await bars([record(value)], ["time": time])

    #expect(bars.time == [minute(0)])
  }

  @Test(arguments: [
    (#"{"unit": "s", "label": "open"}"#, "\"soon\"", "t should be a time in s, is 'soon'"),
    (#"{"unit": "s", "label": "open"}"#, "1765809000000", "t should be a time in s, is 1765809000000"),
    (#"{"unit": "s", "label": "open"}"#, "1.5", "t should be a time in s, is 1.5"),
    (#"{"unit": "ns", "label": "open"}"#, "null", "t should be a time in ns, is null"),
    (
      #"{"unit": "rfc3339", "label": "open"}"#, "\"2025-12-15 09:30:00\"",
      "t should be a time in RFC 3339 with a zone, is '2025-12-15 09:30:00'"
    ),
    (
      #"{"unit": "rfc3339", "label": "open"}"#, "1765809000",
      "t should be a time in RFC 3339 with a zone, is 1765809000"
    ),
  ])
  func `a time of another unit is named`(time: String, value: String, words: String) async throws {
    let error = try await failure([record(value)], ["time": time])

    #expect(error.code == .barsInvalid)
    #expect(error.message == "vendor, page 1, record 1: \(words)")
  }

  @Test func `the last hour of a session is found behind its close`() async throws {
    let closes = ["2025-12-15T20:30:00Z", "2025-12-15T21:00:00Z"]

    let bars = try await bars(
      closes.map { record("\"\($0)\"") }, ["time": #"{"unit": "rfc3339", "label": "close"}"#], .h1)

    #expect(bars.time.map(\.rfc3339) == ["2025-12-15T19:30:00Z", "2025-12-15T20:30:00Z"])
  }

  @Test func `a bar that is not over is left out`() async throws {
    let times = [0, 1, 2, 3].map { record("\"\(minute($0))\"") }

    let inside = try await bars(times, now: "2025-12-15T14:32:59Z")
    let onTheMinute = try await bars(times, now: "2025-12-15T14:33:00Z")

    #expect(inside.time == [minute(0), minute(1)])
    #expect(onTheMinute.time == [minute(0), minute(1), minute(2)])
  }

  @Test(arguments: [
    ("local_date", "open", "2025-12-15T05:00:00Z", "2025-12-15"),
    ("local_date", "open", "2025-12-15T14:30:00Z", "2025-12-15"),
    ("utc_date", "open", "2025-12-15T00:00:00Z", "2025-12-15"),
    ("local_date", "close", "2025-12-16T05:00:00Z", "2025-12-15"),
    ("local_date", "close", "2025-12-15T21:00:00Z", "2025-12-15"),
    ("utc_date", "close", "2025-12-16T00:00:00Z", "2025-12-15"),
  ])
  func `a daily bar is of the date that its time tells`(
    daily: String, label: String, time: String, date: String
  ) async throws {
    let bars = try await bars(
      [record("\"\(time)\"")], ["time": #"{"unit": "rfc3339", "label": "\#(label)", "daily": "\#(daily)"}"#], .d1)

    #expect(bars.time == [try day(date).startUTC])
  }

  @Test func `a daily bar's date may stand alone, in the zone that the descriptor names`() async throws {
    let bars = try await bars(
      [record("\"2025-12-15\"")],
      ["time": #"{"unit": "rfc3339", "label": "open", "zone": "America/New_York"}"#], .d1)

    #expect(bars.time == [try day("2025-12-15").startUTC])
  }

  @Test func `a daily bar is over at its session's close`() async throws {
    let today = [record("\"2025-12-15T05:00:00Z\"")]

    let before = try await bars(today, [:], .d1, now: "2025-12-15T20:59:59Z")
    let after = try await bars(today, [:], .d1, now: "2025-12-15T21:00:00Z")

    #expect(before.isEmpty)
    #expect(after.count == 1)
  }

  @Test func `bars beside what was asked for are passed over`() async throws {
    let bars = try await bars([
      record("\"2025-12-12T14:30:00Z\""), record("\"2025-12-15T14:30:00Z\""), record("\"2025-12-16T14:30:00Z\""),
    ])

    #expect(bars.time == [minute(0)])
  }

  @Test func `bars in any order are sorted where the descriptor says so`() async throws {
    let records = [3, 1, 2].map { record("\"\(minute($0))\"") }

    let sorted = try await bars(records, ["order": #""any""#])
    let error = try await failure(records)

    #expect(sorted.time == [minute(1), minute(2), minute(3)])
    #expect(
      error.message
        == "vendor, page 1, record 2: time \(minute(1)) is before the bar ahead of it, \(minute(3))")
  }

  @Test(arguments: [
    (#"{"o":1}"#, "t is missing; there are o"), ("5", "a record should be an object, is a number"),
    (#"{"t":"2025-12-15T14:30:00Z","o":10,"h":12,"l":9,"c":11}"#, "v is missing"),
    (#"{"t":"2025-12-15T14:30:00Z","o":null,"h":12,"l":9,"c":11,"v":1}"#, "o should be a number, is null"),
    (#"{"t":"2025-12-15T14:30:00Z","o":"nan","h":12,"l":9,"c":11,"v":1}"#, "o should be a number, is 'nan'"),
    (#"{"t":"2025-12-15T14:30:00Z","o":"1e999","h":12,"l":9,"c":11,"v":1}"#, "a number that is not finite"),
    (#"{"t":"2025-12-15T14:30:00Z","o":10,"h":9.5,"l":9,"c":9,"v":1}"#, "high 9.5 is below open or close"),
    (#"{"t":"2025-12-15T14:30:00Z","o":-1,"h":9.5,"l":-2,"c":9,"v":1}"#, "a price of zero or less"),
    (#"{"t":"2025-12-15T14:30:17Z","o":10,"h":12,"l":9,"c":11,"v":1}"#, "is not aligned to M1"),
  ])
  func `a record that is no bar is named`(record: String, words: String) async throws {
    let error = try await failure([PrepaperHTTPTests.record("\"2025-12-15T14:29:00Z\""), record])

    #expect(error.code == .barsInvalid)
    #expect(error.message.hasPrefix("vendor, page 1, record 2: "), "\(error.message)")
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func `a time that stands twice on a page is named`() async throws {
    let error = try await failure([record("\"\(minute(0))\""), record("\"\(minute(0))\"")])

    #expect(error.message == "vendor, page 1, record 2: time \(minute(0)) stands twice on this page")
  }

  @Test(arguments: [
    ("", "line 1, column 1"), ("{", "line 1, column 2"), ("{\"bars\":[1,]}", "line 1, column 12"),
    ("<html>", "line 1, column 1"), ("[]", "bars is not there: what should hold it is a list"),
    ("{\"results\":[]}", "there is no bars, where the records should be; there are results"),
    ("{\"bars\":{}}", "bars should be a list of records, is an object"),
    ("{\"bars\":[],\"bars\":[]}", "bars"), ("\u{FEFF}{}", "line 1"),
  ])
  func `a body that is no page is named with its place`(body: String, words: String) async throws {
    try await Vendor.with({ _, _ in .json(body) }) { vendor in
      let error = try await #require(throws: RunError.self) {
        try await source(descriptor(vendor)).spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z")
      }

      #expect(error.code == .barsInvalid)
      #expect(error.message.hasPrefix("vendor, page 1: "), "\(error.message)")
      #expect(error.message.contains(words), "\(error.message)")
    }
  }

  @Test func `a page of nothing has no bars`() async throws {
    try await Vendor.with({ _, _ in .json(#"{"bars":null}"#) }) { vendor in
      let bars = try await source(descriptor(vendor)).spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z").series

      #expect(bars.isEmpty)
    }
  }

  private func bars(
    _ records: [String], _ members: [String: String] = [:], _ timeframe: Timeframe = .m1,
    now: String = "2026-01-05T08:00:00Z"
  ) async throws -> BarSeries {
    try await Vendor.with({ _, _ in page(records) }) { vendor in
      let day = timeframe == .d1 ? "T00:00:00Z" : "T14:30:00Z"
      return try await source(descriptor(vendor, members))
        .spy(timeframe, "2025-12-15\(day)", "2025-12-15T21:00:00Z", now: now).series
    }
  }

  private func failure(_ records: [String], _ members: [String: String] = [:]) async throws -> RunError {
    try await #require(throws: RunError.self) { try await bars(records, members) }
  }
}
