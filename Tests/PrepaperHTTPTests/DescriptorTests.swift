import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct DescriptorTests {
  @Test func `all that ship can be read`() throws {
    for (name, text) in HTTPDescriptor.shipped {
      let descriptor = try HTTPDescriptor(JSONParser.parse(text), name: name, file: name)

      #expect(!descriptor.summary.isEmpty)
      #expect(!descriptor.secretNames.isEmpty)
    }
    #expect(HTTPDescriptor.shipped.map(\.name) == ["alpaca", "eodhd", "polygon"])
  }

  @Test(arguments: [
    ("kind", #""exec""#, "kind must be http, is 'exec'"), ("kind", "", "kind is missing"),
    ("url", "", "url is missing"), ("url", "5", "url must be text, is a number"),
    (
      "url", #""http://example.com/{symbol}""#,
      #"url must be https; "allow_http": true lets keys and bars go in the clear"#
    ),
    ("url", #""https://{symbol}.example.com/""#, "url has a placeholder before its path"),
    ("url", #""https://example.com/?a=b""#, "url has a '?' or '#'; members of the query go into query"),
    ("url", #""https://me:word@example.com/""#, "url must be an https:// URL without user and password"),
    ("url", #""ftp://example.com/""#, "url must be an https:// URL without user and password"),
    ("url", #""https://example.com/{ticker}""#, "url has {ticker}; there are {symbol}, {timeframe}, {from}, {to}"),
    ("url", #""https://example.com/{symbol""#, "url has a brace without its other half"),
    ("query", #"{"from": "{from}"}"#, "url and query have no {symbol}"),
    ("query", #"{"s": "{symbol}"}"#, "url and query have no {from}"),
    ("query", #"{"s": 5}"#, "query.s must be text, is a number"),
    ("query", #"{"s": "{symbols}"}"#, "query.s has {symbols}; there are {symbol}, {timeframe}, {from}, {to}"),
    ("headers", #"{"X Y": "1"}"#, "headers.X Y is no header's name"),
    ("headers", #"{"X": "{symbol}"}"#, "headers.X must be one line of plain text"),
    ("headers", #"{"X": "a\nb"}"#, "headers.X must be one line of plain text"),
    ("timeframes", "{}", #"timeframes must name one at least: {"M1": "1Min"}"#),
    ("timeframes", #"{"M2": "x"}"#, "timeframes.M2 is no timeframe; there are M1, M5, M15, M30, H1, D1"),
    (
      "span", #"{"unit": "days", "to": "included"}"#, "span.unit must be one of s, ms, us, ns, rfc3339, date, is 'days'"
    ),
    ("span", #"{"unit": "s"}"#, "span.to is missing"),
    ("auth", #"[{"header": "X-Key"}]"#, "auth[0].secret is missing"),
    ("auth", #"[{"header": "X", "secret": 5}]"#, "auth[0].secret must be text, is a number"),
    (
      "auth", #"[{"user": "A", "pasword": "B"}]"#,
      "auth[0].password is missing; 'pasword' in auth[0] is not known; known are: password, user"
    ),
    ("auth", #"[{"header": "X Key", "secret": "K"}]"#, "auth[0].header must be a header's name"),
    ("auth", #"[{}]"#, "auth[0].header is missing, or query, or user and password, each of a secret's name"),
    ("auth", #"{}"#, "auth must be a list, is an object"),
    ("records", #"{"path": ["a", ""], "shape": "list"}"#, "records.path[1] must not be empty"),
    ("records", #"{"path": ["a"], "shape": "map"}"#, "records.shape must be one of list, by_symbol, is 'map'"),
    ("fields", #"{"time": "t"}"#, "fields.open, fields.high, fields.low, fields.close and fields.volume are missing"),
    ("time", #"{"unit": "s"}"#, "time.label is missing"),
    (
      "time", #"{"unit": "s", "label": "open", "zone": "UTC"}"#,
      "time.zone goes with the unit rfc3339, for texts without one"
    ),
    ("time", #"{"unit": "rfc3339", "label": "open", "zone": "Mars"}"#, "time.zone must be one of "),
    ("paging", #"{"kind": "cursor"}"#, "paging.kind must be token, next_url or range, is 'cursor'"),
    ("paging", #"{"kind": "range"}"#, "paging.days is missing"),
    ("paging", #"{"kind": "range", "bars": 5, "days": 5}"#, "'days' in paging is not known; known are: bars, kind"),
    ("paging", #"{"kind": "next_url", "path": []}"#, "paging.path must name a member"),
    ("retry", #"{"codes": [200]}"#, "retry.codes[0] must be a status of 400…599, is 200"),
    ("retry", #"{"first_wait_seconds": 0}"#, "retry.first_wait_seconds must lie in 0.001…86400 seconds, is 0.0"),
    ("limits", #"{"pages": 0}"#, "limits.pages must lie in 1…1000000, is 0"),
    ("limits", #"{"pages": 1.5}"#, "limits.pages must be a whole number, is 1.5"),
    (
      "limits", #"{"page": 1}"#,
      "'page' in limits is not known; known are: body_bytes, connect_seconds, fetch_seconds, pages, request_seconds"
    ),
    ("adjustment", "", "adjustment is missing"), ("adjustment", #""""#, "adjustment must not be empty"),
    ("settling_seconds", "-1", "settling_seconds must lie in 0, 0.001…86400 seconds, is -1.0"),
    (
      "rate_limit", #"{"remaining": "A", "reset": "B"}"#,
      "rate_limit.reset_is is missing"
    ),
    (
      "rate_limit", #"{"remaining": "A", "reset": "B", "reset_is": "s"}"#,
      "rate_limit.reset_is must be one of epoch_seconds, seconds_from_now, is 's'"
    ),
    ("settling", "900", "'settling' is not known; known are: adjustment, allow_http, auth, fields, "),
  ])
  func `what is wrong is named with its file and place`(member: String, value: String, problem: String) async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let error = try #require(throws: DescriptorError.self) {
        try PrepaperHTTPTests.descriptor(descriptor(vendor, [member: value]))
      }

      #expect(error.description.hasPrefix("vendor.json: \(problem)"), "\(error.description)")
    }
  }

  @Test func `all that is missing is named at once`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let error = try #require(throws: DescriptorError.self) {
        try PrepaperHTTPTests.descriptor(descriptor(vendor, ["url": "", "span": "", "time": "", "tine": "{}"]))
      }

      #expect(
        error.description.hasPrefix("vendor.json: url, span and time are missing; 'tine' is not known; known are: "))
    }
  }

  @Test(arguments: [
    (#"[{"header": "X-Key", "secret": "sk/live+123="}]"#, "auth[0].secret must be a secret's name"),
    (#"[{"query": "key", "secret": "sk live"}]"#, "auth[0].secret must be a secret's name"),
    (#"[{"user": "me@live", "password": "W"}]"#, "auth[0].user must be a secret's name"),
    (#"[{"header": "X-Key", "secret": ["live"]}]"#, "auth[0].secret must be text, is a list"),
  ])
  func `a key in the place of its name is not repeated`(auth: String, problem: String) async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let error = try #require(throws: DescriptorError.self) {
        try PrepaperHTTPTests.descriptor(descriptor(vendor, ["auth": auth]))
      }

      #expect(error.description.contains(problem))
      #expect(!error.description.contains("live"))
    }
  }

  @Test(arguments: [
    (Timeframe.m1, Timeframe?.none, Timeframe.m1), (.m15, nil, .m5), (.h1, nil, .h1), (.d1, nil, .d1), (.m30, .m1, .m1),
  ])
  func `the longest timeframe that builds the wanted one is asked for`(
    wanted: Timeframe, base: Timeframe?, taken: Timeframe
  ) async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let feed = try source(descriptor(vendor)).open(.of("SPY", wanted, base: base))

      #expect(feed.timeframe == taken)
    }
  }

  @Test func `a timeframe that the vendor has nothing for is named`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let source = try source(descriptor(vendor, ["timeframes": #"{"D1": "day", "H1": "hour"}"#]))

      let error = try #require(throws: RunError.self) { try source.open(.of("SPY", .m5)) }

      #expect(error.code == .symbolUnknown)
      #expect(error.message == "vendor has no bars to build M5 from; it has H1, D1")
    }
  }

  @Test func `a symbol goes into the address encoded, or by the vendor's name for it`() async throws {
    let members = [
      "query": #"{"from": "{from}"}"#, "symbols": #"{"BRK.B": "BRK/B&x=1"}"#,
      "records": #"{"path": [], "shape": "list"}"#,
    ]
    try await Vendor.with({ _, _ in .json("[]") }) { vendor in
      let text = descriptor(vendor, members.merging(["url": "\"\(vendor.url("/{symbol}/{timeframe}"))\""]) { $1 })
      for symbol in ["BRK.B", "SPY"] {
        _ = try await source(text).open(.of(symbol, .m1)).bars(in: span("2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z"))
      }

      #expect(vendor.requests.map(\.path) == ["/BRK%2FB%26x%3D1/1m", "/SPY/1m"])
    }
  }

  @Test(arguments: [
    (#"{"unit": "s", "to": "included"}"#, "1765809000", "1765832399"),
    (#"{"unit": "s", "to": "excluded"}"#, "1765809000", "1765832400"),
    (#"{"unit": "ms", "to": "included"}"#, "1765809000000", "1765832399999"),
    (#"{"unit": "us", "to": "excluded"}"#, "1765809000000000", "1765832400000000"),
    (#"{"unit": "ns", "to": "excluded"}"#, "1765809000000000000", "1765832400000000000"),
    (#"{"unit": "rfc3339", "to": "included"}"#, "2025-12-15T14:30:00Z", "2025-12-15T20:59:59Z"),
    (#"{"unit": "date", "to": "included"}"#, "2025-12-15", "2025-12-15"),
    (#"{"unit": "date", "to": "excluded"}"#, "2025-12-15", "2025-12-16"),
  ])
  func `a span is written as the vendor wants it`(unit: String, from: String, to: String) async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      _ = try await source(descriptor(vendor, ["span": unit]))
        .spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z")

      #expect(vendor.requests.map(\.query) == [["s": "SPY", "from": from, "to": to]])
    }
  }

  @Test func `times to come are not asked for`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let source = try source(descriptor(vendor))

      _ = try await source.spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z", now: "2025-12-15T15:00:00Z")
      _ = try await source.spy(.m1, "2025-12-16T14:30:00Z", "2025-12-16T21:00:00Z", now: "2025-12-15T15:00:00Z")

      #expect(vendor.requests.map { $0.query["to"] } == ["2025-12-15T15:00:00Z"])
    }
  }

  @Test func `bars are settled after the vendor's time for that`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let feed = try source(descriptor(vendor, ["settling_seconds": "900"]))
        .open(.of("SPY", .m1, now: "2025-12-15T15:00:00Z"))

      #expect(try feed.settledUntil == instant("2025-12-15T14:45:00Z"))
      #expect(try feed.coverage == .until(instant("2025-12-15T14:45:00Z")))
    }
  }
}
