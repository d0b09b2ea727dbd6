import PrepaperDomain
import Testing

@Suite struct HistoryReportTests {
  @Test func `a report shows its holes and its reason`() throws {
    let hole = Hole(
      first: try instant("2013-10-04T13:30:00Z"), last: try instant("2013-10-04T13:41:00Z"), bars: 12, kind: .missing)
    let report = HistoryReport(
      status: .degraded, expectedBars: 390, presentBars: 378, holes: [hole], reason: "missing 12")

    #expect(
      report.json
        == .object([
          "status": .string("DEGRADED"), "expected_bars": .integer(390), "present_bars": .integer(378),
          "holes": .array([
            .object([
              "from": .string("2013-10-04T13:30:00Z"), "to": .string("2013-10-04T13:41:00Z"), "bars": .integer(12),
              "class": .string("missing"),
            ])
          ]),
          "reason": .string("missing 12"),
        ]))
  }

  @Test func `a sufficient history needs no reason`() {
    let report = HistoryReport(status: .sufficient, expectedBars: 390, presentBars: 390, holes: [], reason: nil)

    #expect(report.json["status"] == .string("SUFFICIENT"))
    #expect(report.json["reason"] == .null)
    #expect(Hole.Kind.noTrade.rawValue == "no_trade")
  }

  @Test func `made-up bars say so, real ones do not mention it`() {
    let fake = BarsProvenance(provider: "fake", source: "synthetic", adjustment: "none", isSynthetic: true)
    let real = BarsProvenance(provider: "real", source: "csv", adjustment: "unknown", isSynthetic: false)

    #expect(fake.json["synthetic"] == .bool(true))
    #expect(
      real.json
        == .object(["name": .string("real"), "source": .string("csv"), "adjustment": .string("unknown")]))
  }
}
