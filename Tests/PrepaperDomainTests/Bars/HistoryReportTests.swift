import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct HistoryReportTests {
  @Test func `a history shows the holes and reasons of its symbols`() throws {
    let hole = Hole(
      first: try instant("2013-10-04T13:30:00Z"), last: try instant("2013-10-04T13:41:00Z"), bars: 12, kind: .missing)
    let history = try history([
      HistoryReport(status: .sufficient, expectedBars: 390, presentBars: 390, holes: [], reason: nil),
      HistoryReport(status: .degraded, expectedBars: 390, presentBars: 378, holes: [hole], reason: "missing 12"),
    ])

    let json = history.json

    #expect(json["status"] == .string("DEGRADED"))
    #expect(json["expected_bars"] == .integer(780))
    #expect(json["present_bars"] == .integer(768))
    #expect(
      json["holes"]
        == .array([
          .object([
            "symbol": .string("B"), "from": .string("2013-10-04T13:30:00Z"), "to": .string("2013-10-04T13:41:00Z"),
            "bars": .integer(12), "class": .string("missing"),
          ])
        ]))
    #expect(json["reason"] == .string("1 of 2 symbols have too little history: B: missing 12"))
    guard case .array(let symbols)? = json["symbols"] else { throw NotReadable(text: "symbols") }
    #expect(symbols.map { $0["status"] } == [.string("SUFFICIENT"), .string("DEGRADED")])
    #expect(symbols.map { $0["reason"] } == [.null, .string("missing 12")])
  }

  @Test(arguments: [
    ([true], false, true), ([false], false, false), ([true, false], false, true), ([false, false], false, false),
    ([true, true], true, true), ([true, false], true, false), ([], false, false),
  ])
  func `some symbols with enough history are enough, unless all must have it`(
    sufficient: [Bool], isStrict: Bool, isEnough: Bool
  ) throws {
    let reports = sufficient.map { isSufficient in
      HistoryReport(
        status: isSufficient ? .sufficient : .degraded, expectedBars: 1, presentBars: isSufficient ? 1 : 0, holes: [],
        reason: isSufficient ? nil : "missing 1")
    }

    #expect(try history(reports, isStrict: isStrict).isEnough == isEnough)
  }

  @Test func `a history without a fault needs no reason, that of one symbol is its own, of many three are told`() throws
  {
    let good = HistoryReport(status: .sufficient, expectedBars: 390, presentBars: 390, holes: [], reason: nil)
    let bad = HistoryReport(status: .degraded, expectedBars: 390, presentBars: 0, holes: [], reason: "missing 390")

    #expect(try history([good]).json["reason"] == .null)
    #expect(try history([bad]).reason == "missing 390")
    #expect(
      try history([bad, bad, good, bad, bad, bad]).reason
        == "5 of 6 symbols have too little history: A: missing 390; B: missing 390; D: missing 390; and 2 more")
    #expect(Hole.Kind.noTrade.rawValue == "no_trade")
  }

  @Test func `a jump says how far the price went`() throws {
    let jump = PriceJump(
      symbol: try symbol("AAPL"), from: try instant("2014-06-06T19:59:00Z"), to: try instant("2014-06-09T13:30:00Z"),
      close: 640, open: 96)

    #expect(jump.change == 96.0 / 640 - 1)
    #expect(jump.json["change"] == .double(96.0 / 640 - 1))
    #expect(jump.json["from"] == .string("2014-06-06T19:59:00Z"))
  }

  @Test func `made-up bars say so, real ones do not mention it`() {
    let fake = BarsProvenance(provider: "fake", source: "synthetic", adjustment: "none", isSynthetic: true)
    let real = BarsProvenance(provider: "real", source: "csv", adjustment: "unknown", isSynthetic: false)

    #expect(fake.json["synthetic"] == .bool(true))
    #expect(
      real.json
        == .object(["name": .string("real"), "source": .string("csv"), "adjustment": .string("unknown")]))
  }

  private func history(_ reports: [HistoryReport], isStrict: Bool = false) throws -> RunHistory {
    RunHistory(
      symbols: try zip("ABCDEF", reports).map { SymbolHistory(symbol: try symbol(String($0)), report: $1) },
      isStrict: isStrict, tolerance: HoleTolerance(), maxJump: 0.4)
  }
}
