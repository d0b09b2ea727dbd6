import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct ShippedDescriptorTests {
  @Test func `Alpaca is asked page by page with both keys`() async throws {
    let first = #"""
      {"bars":{"SPY":[{"t":"2025-12-15T14:30:00Z","o":174,"h":174.84,"l":172.31,"c":174.61,"v":85998033,"n":7,"vw":1.5}]},
       "next_page_token":"U1BZ+/="}
      """#
    let second = #"""
      {"bars":{"SPY":[{"t":"2025-12-15T14:31:00Z","o":174.61,"h":175,"l":174,"c":174.5,"v":10}]},"next_page_token":null}
      """#
    try await Vendor.with({ request, _ in .json(request.query["page_token"] == nil ? first : second) }) { vendor in
      let source = try source(shipped("alpaca", at: vendor))

      let bars = try await source.spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z").series

      #expect(bars.count == 2)
      #expect(
        bars[0] == Bar(time: minute(0), open: 174, high: 174.84, low: 172.31, close: 174.61, volume: 85_998_033))
      #expect(vendor.requests.map(\.path) == ["/v2/stocks/bars", "/v2/stocks/bars"])
      let query = try #require(vendor.requests.first?.query)
      #expect(
        query == [
          "symbols": "SPY", "timeframe": "1Min", "start": "2025-12-15T14:30:00Z", "end": "2025-12-15T20:59:59Z",
          "limit": "10000", "adjustment": "raw", "sort": "asc",
        ])
      #expect(vendor.requests[1].query == query.merging(["page_token": "U1BZ+/="]) { $1 })
      for request in vendor.requests {
        #expect(request.headers["apca-api-key-id"] == "AKIDxyzzy")
        #expect(request.headers["apca-api-secret-key"] == "SEC/RET+xyzzy=")
      }
    }
  }

  @Test func `Polygon is asked by epoch milliseconds and followed to the next address`() async throws {
    let ports = Ports()
    try await Vendor.with({ request, number in
      switch number {
      case 1:
        .json(
          #"""
          {"results":[{"v":70790813,"vw":1,"o":130.465,"c":130.15,"h":133.41,"l":129.89,"t":1765809000000,"n":3}],
           "next_url":"http://127.0.0.1:\#(ports.port)/v2/aggs/next?cursor=bGltaXQ9","status":"OK"}
          """#)
      default:
        .json(#"{"results":[{"v":1,"o":130,"c":131,"h":131,"l":129.5,"t":1765809060000}],"status":"OK"}"#)
      }
    }) { vendor in
      ports.port = vendor.port
      let source = try source(shipped("polygon", at: vendor))

      let bars = try await source.spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z").series

      #expect(bars.count == 2)
      #expect(
        bars[0] == Bar(time: minute(0), open: 130.465, high: 133.41, low: 129.89, close: 130.15, volume: 70_790_813))
      #expect(
        vendor.requests.map(\.target) == [
          "/v2/aggs/ticker/SPY/range/1/minute/1765809000000/1765832399999?adjusted=false&limit=50000&sort=asc",
          "/v2/aggs/next?cursor=bGltaXQ9",
        ])
      #expect(vendor.requests.allSatisfy { $0.headers["authorization"] == "Bearer polyxyzzy" })
    }
  }

  @Test func `a symbol that Polygon has no bars of gives none`() async throws {
    try await Vendor.with({ _, _ in .json(#"{"queryCount":0,"resultsCount":0,"status":"OK"}"#) }) { vendor in
      let bars = try await source(shipped("polygon", at: vendor))
        .spy(.d1, "2025-12-15T00:00:00Z", "2025-12-16T00:00:00Z").series

      #expect(bars.isEmpty)
    }
  }

  @Test func `EODHD is asked in stretches of a hundred days`() async throws {
    let answer = #"""
      [{"timestamp":1765809000,"gmtoffset":0,"datetime":"2025-12-15 14:30:00","open":146.38,"high":146.39,"low":146.35,
        "close":146.37,"volume":1200},
       {"timestamp":1765809300,"open":146,"high":147,"low":145,"close":146.5,"volume":10}]
      """#
    try await Vendor.with({ _, number in .json(number == 2 ? answer : "[]") }) { vendor in
      let source = try source(shipped("eodhd", at: vendor))

      let bars = try await source.spy(.m5, "2025-09-01T00:00:00Z", "2025-12-20T00:00:00Z").series

      #expect(bars.count == 2)
      #expect(bars[0] == Bar(time: minute(0), open: 146.38, high: 146.39, low: 146.35, close: 146.37, volume: 1200))
      #expect(vendor.requests.map(\.path) == ["/api/intraday/SPY.US", "/api/intraday/SPY.US"])
      #expect(vendor.requests.map { $0.query["from"] } == ["1756684800", "1765324800"])
      #expect(vendor.requests.map { $0.query["to"] } == ["1765324799", "1766188799"])
      #expect(vendor.requests.allSatisfy { $0.query["api_token"] == "eod.xyzzy&1" && $0.query["interval"] == "5m" })
    }
  }

  private func source(_ descriptor: HTTPDescriptor) -> HTTPBarSource {
    HTTPBarSource(descriptor, secrets: SecretStore(environment: keys), clock: SkippingClock(), jitter: { 1 })
  }
}
