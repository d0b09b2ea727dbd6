import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct FetchFailureTests {
  private static let paging = ["paging": #"{"kind": "token", "parameter": "page", "path": ["next"]}"#]
  private static let quick = ["limits": #"{"request_seconds": 3, "fetch_seconds": 60}"#]

  @Test(arguments: [
    VendorReply.json("busy", status: 500), .json("", status: 502), .json("", status: 503), .json("", status: 408),
    .json("", status: 425), .json("slow down", status: 429), .brokenOff(#"{"bars":["#),
  ])
  func `what may pass is tried again after growing waits`(reply: VendorReply) async throws {
    let clock = SkippingClock()
    try await Vendor.with({ _, number in number < 4 ? reply : minutes(0..<2) }) { vendor in
      let bars = try await source(descriptor(vendor), clock: clock).day()

      #expect(bars.series.count == 2)
      #expect(bars.loading == nil)
      #expect(vendor.requests.count == 4)
      #expect(clock.words.count == 3)
      #expect(clock.words.allSatisfy { $0.hasPrefix("vendor (\(vendor.url("/bars")))") })
    }
    #expect(clock.waits == [.seconds(1), .seconds(2), .seconds(4)])
    #expect(clock.words.last?.hasSuffix("; the next request is in 4.0 seconds") == true)
  }

  @Test func `a server that says nothing more is given up after its time`() async throws {
    try await Vendor.with({ _, number in number < 2 ? .silent : minutes(0..<2) }) { vendor in
      let bars = try await source(descriptor(vendor, Self.quick)).day()

      #expect(bars.series.count == 2)
      #expect(vendor.requests.count == 2)
    }
  }

  @Test func `a server that is not there is unavailable`() async throws {
    let url = try await Vendor.with({ _, _ in page([]) }) { $0.url("/bars") }
    let text = try await Vendor.with({ _, _ in page([]) }) { vendor in
      descriptor(vendor, ["url": "\"\(url)\"", "limits": #"{"fetch_seconds": 5}"#])
    }

    let error = try await #require(throws: RunError.self) { try await source(text).day() }

    #expect(error.code == .providerUnavailable)
    #expect(error.code.isTransient)
    #expect(
      error.message
        == "vendor (\(url)): Connection refused (tries: 3; the fetch may take 5.0 seconds, "
        + "and a wait of 4.0 seconds is next)")
  }

  @Test(arguments: [
    ("Retry-After", "17", Duration.seconds(17)), ("Retry-After", "Mon, 05 Jan 2026 08:00:30 GMT", .seconds(31)),
    ("Retry-After", "0", .seconds(1)), ("Retry-After", "Mon, 05 Jan 2026 07:00:00 GMT", .seconds(1)),
    ("Retry-After", "soon", .seconds(1)), ("X-Reset", "1767600025", .seconds(25)), ("X-Reset", "-4", .seconds(1)),
  ])
  func `as long as the server asks is waited`(header: String, value: String, wait: Duration) async throws {
    let clock = SkippingClock()
    let limited = [
      "rate_limit": #"{"remaining": "X-Remaining", "reset": "X-Reset", "reset_is": "epoch_seconds"}"#
    ]
    try await Vendor.with({ _, number in
      number == 1 ? .json("", status: 429, headers: [header: value]) : minutes(0..<1)
    }) { vendor in
      _ = try await source(descriptor(vendor, limited), clock: clock).day()
    }
    #expect(clock.waits == [wait])
  }

  @Test func `a wait that the fetch has no time for ends it at once`() async throws {
    let clock = SkippingClock()
    try await Vendor.with({ _, _ in .json("enough", status: 429, headers: ["Retry-After": "3600"]) }) { vendor in
      let error = try await #require(throws: RunError.self) {
        try await source(descriptor(vendor), clock: clock).day()
      }

      #expect(error.code == .providerRateLimited)
      #expect(error.code.isTransient)
      #expect(
        error.message
          == "vendor (\(vendor.url("/bars"))) answered 429: enough (tries: 1; the fetch may take 300.0 seconds, "
          + "and a wait of 3600.0 seconds is next)")
      #expect(vendor.requests.count == 1)
    }
    #expect(clock.waits.isEmpty)
  }

  @Test func `the last request that is allowed is followed by a pause`() async throws {
    let clock = SkippingClock()
    let limited = Self.paging.merging(
      ["rate_limit": #"{"remaining": "X-Remaining", "reset": "X-Reset", "reset_is": "seconds_from_now"}"#]
    ) { $1 }
    try await Vendor.with({ _, number in
      let left = number == 2 ? "0" : "5"
      return .json(
        #"{"bars":[\#(record("\"\(minute(number))\""))],"next":\#(number < 3 ? "\"\(number)\"" : "null")}"#,
        headers: ["X-Remaining": left, "X-Reset": "40"])
    }) { vendor in
      let bars = try await source(descriptor(vendor, limited), clock: clock).day().series

      #expect(bars.count == 3)
    }
    #expect(clock.waits == [.seconds(40)])
    #expect(clock.words == ["vendor allows no more requests for now; the next request is in 40.0 seconds"])
  }

  @Test func `what came before a failure is part of the bars`() async throws {
    try await Vendor.with({ _, number in
      number == 1 ? minutes(0..<5, next: "2") : .json("down", status: 503)
    }) { vendor in
      let bars = try await source(descriptor(vendor, Self.paging)).day()

      #expect(bars.series.time == (0..<5).map(minute))
      #expect(bars.loading?.hasPrefix("after 1 pages: vendor (\(vendor.url("/bars"))) answered 503: down") == true)
    }
  }

  @Test func `of bars in any order no part is taken`() async throws {
    let anyOrder = Self.paging.merging(["order": #""any""#]) { $1 }
    try await Vendor.with({ _, number in
      number == 1 ? minutes(0..<5, next: "2") : .json("down", status: 503)
    }) { vendor in
      let error = try await #require(throws: RunError.self) {
        try await source(descriptor(vendor, anyOrder)).day()
      }

      #expect(error.code == .providerUnavailable)
    }
  }

  @Test(arguments: [
    (401, RunErrorCode.providerRefused, "answered 401: no; check what the vendor asks for, and its rights"),
    (403, .providerRefused, "answered 403: no; check what the vendor asks for, and its rights"),
    (400, .providerRefused, "answered 400: no"), (404, .symbolUnknown, "answered 404: no; is SPY what it calls"),
    (418, .providerRefused, "answered 418: no"), (300, .providerRefused, "answered 300: no"),
  ])
  func `what will not pass is not tried again`(status: Int, code: RunErrorCode, words: String) async throws {
    try await Vendor.with({ _, _ in .json("no", status: status) }) { vendor in
      let error = try await #require(throws: RunError.self) { try await source(descriptor(vendor)).day() }

      #expect(error.code == code)
      #expect(!error.code.isTransient)
      #expect(error.message.contains(words), "\(error.message)")
      #expect(vendor.requests.count == 1)
    }
  }

  @Test func `a status that the descriptor calls passing is tried again`() async throws {
    try await Vendor.with({ _, number in number == 1 ? .json("", status: 403) : minutes(0..<1) }) { vendor in
      let bars = try await source(descriptor(vendor, ["retry": #"{"codes": [403]}"#])).day().series

      #expect(bars.count == 1)
    }
  }

  @Test func `an answer without a body has no bars`() async throws {
    try await Vendor.with({ _, _ in .json("", status: 204) }) { vendor in
      let bars = try await source(descriptor(vendor)).day().series

      #expect(bars.isEmpty)
    }
  }

  @Test func `a body without an end is cut off`() async throws {
    let small = ["limits": #"{"body_bytes": 100000}"#]
    try await Vendor.with({ _, _ in .endless("[0,0,0,0,0,0,0,0],") }) { vendor in
      let error = try await #require(throws: RunError.self) { try await source(descriptor(vendor, small)).day() }

      #expect(error.code == .barsInvalid)
      #expect(
        error.message
          == "vendor (\(vendor.url("/bars"))): the answer is longer than 100000 bytes; see limits.body_bytes")
      #expect(vendor.requests.count == 1)
    }
  }

  @Test func `a redirect on the same host is followed with the keys`() async throws {
    let auth = ["auth": #"[{"header": "X-Key", "secret": "KEY"}, {"query": "key", "secret": "KEY"}]"#]
    try await Vendor.with({ request, _ in
      request.path == "/bars" ? .json("", status: 307, headers: ["Location": "/new?a=1"]) : minutes(0..<1)
    }) { vendor in
      let bars = try await source(descriptor(vendor, auth), secrets: ["KEY": "k"]).day().series

      #expect(bars.count == 1)
      #expect(vendor.requests.last?.target == "/new?a=1&key=k")
      #expect(vendor.requests.last?.headers["x-key"] == "k")
    }
  }

  @Test func `a redirect to another host is refused, and that host is not asked`() async throws {
    try await Vendor.with({ _, _ in minutes(0..<1) }) { other in
      let there = other.url("/bars")
      try await Vendor.with({ _, _ in .json("", status: 302, headers: ["Location": there]) }) { vendor in
        let error = try await #require(throws: RunError.self) { try await source(descriptor(vendor)).day() }

        #expect(error.code == .providerRefused)
        #expect(
          error.message
            == "vendor (\(vendor.url("/bars"))) answered 302: its new place is at \(there), another host than that of "
            + "\(vendor.url("/bars")); it is not followed")
      }
      #expect(other.requests.isEmpty)
    }
  }

  @Test func `redirects in a ring are refused`() async throws {
    try await Vendor.with({ request, _ in .json("", status: 308, headers: ["Location": request.target]) }) { vendor in
      let error = try await #require(throws: RunError.self) { try await source(descriptor(vendor)).day() }

      #expect(error.code == .providerRefused)
      #expect(vendor.requests.count == 4)
    }
  }

  @Test func `a fetch that is cancelled ends`() async throws {
    let (asked, noticed) = AsyncStream.makeStream(of: Void.self)
    try await Vendor.with({ _, _ in
      noticed.yield()
      return .silent
    }) { vendor in
      let text = descriptor(vendor)
      let fetch = Task { try await source(text).day() }
      _ = await asked.first { true }

      fetch.cancel()

      await #expect(throws: CancellationError.self) { try await fetch.value }
    }
  }
}

extension HTTPBarSource {
  /// The bars of 2025-12-15.
  fileprivate func day() async throws -> FeedBars {
    try await spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z")
  }
}
