import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct PagingTests {
  private static let token = ["paging": #"{"kind": "token", "parameter": "page", "path": ["next"]}"#]
  private static let nextURL = ["paging": #"{"kind": "next_url", "path": ["next"]}"#]

  @Test func `an empty page may lead on to a full one`() async throws {
    let bars = try await bars(Self.token) { _, number in
      number == 2 ? minutes(0..<0, next: "3") : minutes(number..<number + 1, next: number < 3 ? "\(number + 1)" : nil)
    }

    #expect(bars.time == [minute(1), minute(3)])
  }

  @Test func `a bar that comes on two pages is one bar`() async throws {
    let bars = try await bars(Self.token) { _, number in
      number == 1 ? minutes(0..<3, next: "2") : minutes(2..<5)
    }

    #expect(bars.time == (0..<5).map(minute))
  }

  @Test func `an address of the next page is taken as it is, seen from the last one`() async throws {
    let asked = try await requests(Self.nextURL) { _, number in
      number == 1 ? minutes(0..<1, next: "/more?cursor=a%2Bb") : minutes(1..<2)
    }

    #expect(asked.map(\.target).last == "/more?cursor=a%2Bb")
  }

  @Test func `a key of the query is added to the address of the next page, once`() async throws {
    let auth = ["auth": #"[{"query": "key", "secret": "KEY"}]"#].merging(Self.nextURL) { $1 }

    let asked = try await requests(auth, secrets: ["KEY": "s&cret"]) { request, number in
      switch number {
      case 1: minutes(0..<1, next: "/bars?cursor=1")
      case 2: minutes(1..<2, next: "/bars?cursor=2&key=s%26cret")
      default: minutes(2..<3)
      }
    }

    #expect(asked.map { $0.query["key"] } == ["s&cret", "s&cret", "s&cret"])
    #expect(asked.map(\.target).last == "/bars?cursor=2&key=s%26cret")
  }

  @Test func `stretches of bars and of days are asked for without a gap`() async throws {
    let byBars = try await requests(
      ["paging": #"{"kind": "range", "bars": 120}"#], to: "2025-12-15T18:00:00Z"
    ) { _, _ in page([]) }
    let byDays = try await requests(
      ["paging": #"{"kind": "range", "days": 2}"#], to: "2025-12-19T16:00:00Z"
    ) { _, _ in page([]) }

    #expect(byBars.map { $0.query["from"] } == ["2025-12-15T14:30:00Z", "2025-12-15T16:30:00Z"])
    #expect(byBars.map { $0.query["to"] } == ["2025-12-15T16:30:00Z", "2025-12-15T18:00:00Z"])
    #expect(
      byDays.map { $0.query["from"] } == ["2025-12-15T14:30:00Z", "2025-12-17T14:30:00Z", "2025-12-19T14:30:00Z"])
    #expect(byDays.map { $0.query["to"] } == ["2025-12-17T14:30:00Z", "2025-12-19T14:30:00Z", "2025-12-19T16:00:00Z"])
  }

  @Test func `a token that came before ends the fetch`() async throws {
    let error = try await failure(Self.token) { _, number in minutes(number..<number + 1, next: "same") }

    #expect(error.code == .barsInvalid)
    #expect(
      error.message == "vendor, page 2: the page does not move on: what leads to the next one has led to it before")
  }

  @Test func `a page of old bars that leads on ends the fetch`() async throws {
    let error = try await failure(Self.token) { _, number in minutes(0..<3, next: "\(number)") }

    #expect(error.code == .barsInvalid)
    #expect(
      error.message == "vendor, page 2: the page does not move on: it has no new bar, and leads to another one")
  }

  @Test func `empty pages without an end end the fetch`() async throws {
    let error = try await failure(Self.nextURL) { _, number in minutes(0..<0, next: "/bars?page=\(number)") }

    #expect(error.code == .barsInvalid)
    #expect(error.message.hasPrefix("vendor, page 4: the page does not move on"))
  }

  @Test func `more pages than allowed end the fetch`() async throws {
    let limited = Self.token.merging(["limits": #"{"pages": 3}"#]) { $1 }

    let error = try await failure(limited) { _, number in minutes(number..<number + 1, next: "\(number)") }

    #expect(error.code == .barsInvalid)
    #expect(error.message == "vendor: there are more than 3 pages; ask for a shorter span or raise limits.pages")
  }

  @Test(arguments: [
    ("http://localhost:1/bars", "http://localhost:1/bars"), ("https://127.0.0.1/bars", "https://127.0.0.1/bars"),
    ("http://127.0.0.1.example.com/bars", "http://127.0.0.1.example.com/bars"),
    ("//example.com/x?y", "http://example.com/x"),
  ])
  func `the address of a page on another host is refused`(next: String, shown: String) async throws {
    let error = try await failure(Self.nextURL) { _, _ in minutes(0..<1, next: next) }

    #expect(error.code == .providerRefused)
    #expect(
      error.message.hasPrefix("vendor, page 1: the next page is at \(shown), another host than that of http://127"))
    #expect(error.message.hasSuffix("it is not followed"))
  }

  @Test(arguments: ["ftp://x/y", "http://user:word@127.0.0.1/", "http:// /", "javascript:alert(1)"])
  func `an address of a page that is none is refused`(next: String) async throws {
    let error = try await failure(Self.nextURL) { _, _ in minutes(0..<1, next: next) }

    #expect(error.code == .providerRefused)
    #expect(!error.message.contains("word"))
  }

  private func bars(
    _ members: [String: String], to end: String = "2025-12-15T21:00:00Z", secrets: [String: String] = [:],
    _ answer: @escaping @Sendable (VendorRequest, Int) -> VendorReply
  ) async throws -> BarSeries {
    try await Vendor.with(answer) { vendor in
      try await source(descriptor(vendor, members), secrets: secrets).spy(.m1, "2025-12-15T14:30:00Z", end).series
    }
  }

  private func requests(
    _ members: [String: String], to end: String = "2025-12-15T21:00:00Z", secrets: [String: String] = [:],
    _ answer: @escaping @Sendable (VendorRequest, Int) -> VendorReply
  ) async throws -> [VendorRequest] {
    try await Vendor.with(answer) { vendor in
      _ = try await source(descriptor(vendor, members), secrets: secrets).spy(.m1, "2025-12-15T14:30:00Z", end)
      return vendor.requests
    }
  }

  private func failure(
    _ members: [String: String], _ answer: @escaping @Sendable (VendorRequest, Int) -> VendorReply
  ) async throws -> RunError {
    try await #require(throws: RunError.self) { try await bars(members, answer) }
  }
}
