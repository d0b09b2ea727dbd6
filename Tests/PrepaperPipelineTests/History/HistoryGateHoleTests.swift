import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct HistoryGateHoleTests {
  @Test func `a minute without a trade is no loss`() throws {
    let report = try judge(missing: [100])

    #expect(report.status == .sufficient)
    #expect(report.expectedBars == 3900)
    #expect(report.presentBars == 3899)
    #expect(report.reason == nil)
    #expect(try report.holes == [hole("2013-10-07T15:10:00Z", "2013-10-07T15:10:00Z", 1, .noTrade)])
  }

  @Test(arguments: [(15, HistoryReport.Status.sufficient), (16, .degraded)])
  func `a hole may be a quarter of an hour long`(minutes: Int, status: HistoryReport.Status) throws {
    let report = try judge(missing: Array(30..<30 + minutes))

    #expect(report.status == status)
    #expect(report.presentBars == 3900 - minutes)
    #expect(
      try report.holes == [
        hole(
          "2013-10-07T14:00:00Z", minutes == 15 ? "2013-10-07T14:14:00Z" : "2013-10-07T14:15:00Z", minutes,
          minutes == 15 ? .noTrade : .missing)
      ])
    #expect(
      report.reason
        == (minutes == 15
          ? nil
          : "expected 3900 M1 bars of SPY from 2013-10-07T13:30:00Z to 2013-10-18T20:00:00Z, missing 16: "
            + "[2013-10-07T14:00:00Z (16)]"))
  }

  @Test(arguments: [(39, HistoryReport.Status.sufficient), (40, .degraded)])
  func `one bar in a hundred may lack`(count: Int, status: HistoryReport.Status) throws {
    // Given single minutes that lack, a hundred apart
    let report = try judge(missing: (0..<count).map { $0 * 97 })

    // Then 39 of 3,900 pass, and of 40 each is a loss, five of which are named
    #expect(report.status == status)
    #expect(report.holes.count == count)
    #expect(report.holes.allSatisfy { $0.bars == 1 && $0.kind == (count == 39 ? .noTrade : .missing) })
    #expect(
      report.reason
        == (count == 39
          ? nil
          : "expected 3900 M1 bars of SPY from 2013-10-07T13:30:00Z to 2013-10-18T20:00:00Z, missing 40: "
            + "[2013-10-07T13:30:00Z (1), 2013-10-07T15:07:00Z (1), 2013-10-07T16:44:00Z (1), "
            + "2013-10-07T18:21:00Z (1), 2013-10-07T19:58:00Z (1)] and 35 more holes"))
  }

  @Test func `a whole day that lacks is one hole`() throws {
    let report = try judge(missing: Array(390..<780))

    #expect(report.status == .degraded)
    #expect(report.presentBars == 3510)
    #expect(try report.holes == [hole("2013-10-08T13:30:00Z", "2013-10-08T19:59:00Z", 390, .missing)])
  }

  @Test func `a hole ends with its session`() throws {
    // Given the last ten minutes of a day and the first ten of the next, twenty in a row
    let report = try judge(missing: Array(380..<400))

    #expect(report.status == .sufficient)
    #expect(
      try report.holes == [
        hole("2013-10-07T19:50:00Z", "2013-10-07T19:59:00Z", 10, .noTrade),
        hole("2013-10-08T13:30:00Z", "2013-10-08T13:39:00Z", 10, .noTrade),
      ])
  }

  @Test func `beside a loss a minute without a trade stays one`() throws {
    let report = try judge(missing: [5] + Array(30..<46) + [3899])

    #expect(report.status == .degraded)
    #expect(report.holes.map(\.kind) == [.noTrade, .missing, .noTrade])
    #expect(report.holes.map(\.bars) == [1, 16, 1])
  }

  @Test func `holes at both ends of the range count`() throws {
    let report = try judge(missing: Array(0..<16) + Array(3884..<3900))

    #expect(report.holes.map(\.bars) == [16, 16])
    #expect(try report.holes.first?.first == instant("2013-10-07T13:30:00Z"))
    #expect(try report.holes.last?.last == instant("2013-10-18T19:59:00Z"))
  }

  @Test(arguments: [(1, HistoryReport.Status.sufficient), (3, .sufficient), (4, .degraded)])
  func `of longer bars fewer may lack in a row`(bars: Int, status: HistoryReport.Status) throws {
    // Given bars of five minutes over ten days: 1 % of them are seven, a quarter of an hour are three
    let sessions = try tenDays()
    let series = try BarSeries(.m5, sessions.flatMap { $0.bars(every: 5) }).without(100..<100 + bars)

    let report = HistoryGate()
      .judge(try SampleBars(series, sessions: sessions).response, timeframe: .m5, sessionMode: .rth).report

    #expect(report.expectedBars == 780)
    #expect(report.status == status)
  }

  @Test func `another tolerance is another verdict`() throws {
    let none = HoleTolerance(missingShare: 0, longestHole: .zero)
    let much = HoleTolerance(missingShare: 0.5, longestHole: .seconds(7 * 3600))

    #expect(try judge(missing: [100], none).status == .degraded)
    #expect(try judge(missing: [], none).status == .sufficient)
    #expect(try judge(missing: Array(390..<780), much).status == .sufficient)
    #expect(HoleTolerance() == HoleTolerance(missingShare: 0.01, longestHole: .seconds(900)))
  }

  /// The report over the minutes of ten days without those at these places.
  private func judge(missing: [Int], _ tolerance: HoleTolerance = HoleTolerance()) throws -> HistoryReport {
    let sessions = try tenDays()
    let series = try BarSeries(.m1, sessions.flatMap { $0.bars() }).without(missing)
    return HistoryGate(tolerance: tolerance)
      .judge(try SampleBars(series, sessions: sessions).response, timeframe: .m5, sessionMode: .rth).report
  }

  private func hole(_ first: String, _ last: String, _ bars: Int, _ kind: Hole.Kind) throws -> Hole {
    Hole(first: try instant(first), last: try instant(last), bars: bars, kind: kind)
  }

  private func tenDays() throws -> [Session] {
    try [7, 8, 9, 10, 11, 14, 15, 16, 17, 18].map { try Session.on("2013-10-\($0 < 10 ? "0" : "")\($0)") }
  }
}
