import PrepaperDomain
import PrepaperPipeline
import Testing

@Suite struct HistoryGateTests {
  @Test func `a complete history passes with its bars and its window`() throws {
    // Given two days of minutes, the second of which is evaluated
    var bars = try twoDays()
    bars.window = bars.sessions[1].hours

    // When the gate judges
    let verdict = HistoryGate().judge(bars.response, timeframe: .m5, sessionMode: .rth)

    // Then the strategy gets both days in its own timeframe
    guard case .sufficient(let history, let report) = verdict else {
      Issue.record("it did not pass: \(verdict.report)")
      return
    }
    #expect(history.series.count == 156)
    #expect(history.series.timeframe == .m5)
    #expect(history.window == bars.window)
    #expect(
      report == HistoryReport(status: .sufficient, expectedBars: 780, presentBars: 780, holes: [], reason: nil))
    #expect(verdict.report == report)
  }

  @Test func `bars of the strategy's own timeframe pass as they are`() throws {
    let sessions = [try Session.on("2013-10-04"), try Session.on("2013-10-07")]
    let bars = try SampleBars(BarSeries(.m5, sessions.flatMap { $0.bars(every: 5) }), sessions: sessions)

    guard case .sufficient(let history, let report) = judge(bars) else {
      Issue.record("it did not pass")
      return
    }
    #expect(history.series == bars.series)
    #expect(report.expectedBars == 156)
  }

  @Test func `only expected bars of the range are counted`() throws {
    // Given a range from the middle of the first day to the middle of the second, and bars before the open
    var bars = try twoDays()
    let early = try Session.on("2013-10-07", from: "08:00", to: "08:30")
    bars.range = TimeSpan(from: try instant("2013-10-04T19:00:00Z"), to: try instant("2013-10-07T14:00:00Z"))
    bars.window = bars.range
    let inRange = bars.series.slice(bars.series.indices(in: bars.range))
    let all = (0..<inRange.count).map { inRange[$0] } + early.bars()
    bars.series = try BarSeries(.m1, all.sorted { $0.time < $1.time })

    let report = HistoryGate().judge(bars.response, timeframe: .m5, sessionMode: .all).report

    #expect(report.status == .sufficient)
    #expect(report.expectedBars == 90)
    #expect(report.presentBars == 90)
  }

  @Test func `a window without a session is not sufficient`() throws {
    // Given a Saturday after two complete days
    var bars = try twoDays()
    bars.window = TimeSpan(from: try instant("2013-10-05T04:00:00Z"), to: try instant("2013-10-06T04:00:00Z"))

    let report = judge(bars).report

    #expect(report.status == .degraded)
    #expect(
      report.reason
        == "calendar XNYS has no session in the window 2013-10-05T04:00:00Z to 2013-10-06T04:00:00Z")
  }

  @Test(arguments: [
    (Timeframe.m5, "2013-10-04T20:00:00Z", "2013-10-07T13:30:00Z", "has no session in the window"),
    (.m5, "2013-10-04T19:59:00Z", "2013-10-07T13:30:00Z", "no M5 bar lies wholly in the window"),
    (.m5, "2013-10-04T20:00:00Z", "2013-10-07T13:34:59Z", "no M5 bar lies wholly in the window"),
    (.m5, "2013-10-04T14:01:00Z", "2013-10-04T14:09:59Z", "no M5 bar lies wholly in the window"),
    (.m5, "2013-10-04T14:01:00Z", "2013-10-04T14:10:00Z", ""),
    (.m5, "2013-10-04T20:00:00Z", "2013-10-07T13:35:00Z", ""),
    (.m5, "2013-10-04T19:55:00Z", "2013-10-07T13:30:00Z", ""),
    (.m1, "2013-10-04T19:59:00Z", "2013-10-07T13:30:00Z", ""),
    (.h1, "2013-10-04T19:00:00Z", "2013-10-04T19:59:00Z", "no H1 bar lies wholly in the window"),
    (.h1, "2013-10-04T19:30:00Z", "2013-10-04T20:00:00Z", ""),
    (.h1, "2013-10-04T19:31:00Z", "2013-10-04T23:00:00Z", "no H1 bar lies wholly in the window"),
  ])
  func `a window has at least one whole bar`(
    timeframe: Timeframe, from: String, to: String, problem: String
  ) throws {
    var bars = try twoDays()
    bars.window = TimeSpan(from: try instant(from), to: try instant(to))

    let report = HistoryGate().judge(bars.response, timeframe: timeframe, sessionMode: .rth).report

    #expect(report.status == (problem.isEmpty ? .sufficient : .degraded))
    #expect((report.reason ?? "").contains(problem) || problem.isEmpty, "\(report.reason ?? "")")
  }

  @Test(arguments: [
    // With all hours the grid goes on after the close: 16:00 to 17:00 in New York has a whole hour only from 16:30 on.
    ("2013-10-04T20:30:00Z", "2013-10-04T21:30:00Z", true), ("2013-10-04T19:59:00Z", "2013-10-04T20:59:00Z", false),
  ])
  func `with all hours a whole bar may lie after the close`(from: String, to: String, has: Bool) throws {
    var bars = try twoDays()
    bars.window = TimeSpan(from: min(try instant(from), bars.sessions[0].close - .seconds(1)), to: try instant(to))

    let report = HistoryGate().judge(bars.response, timeframe: .h1, sessionMode: .all).report

    #expect((report.status == .sufficient) == has, "\(report.reason ?? "")")
  }

  @Test func `without any bar nothing passes`() throws {
    let sessions = [try Session.on("2013-10-04")]
    let bars = try SampleBars(BarSeries(.m1, []), sessions: sessions)

    let report = judge(bars).report

    #expect(report.status == .degraded)
    #expect(report.presentBars == 0)
    #expect(
      report.reason
        == "expected 390 M1 bars of SPY from 2013-10-04T13:30:00Z to 2013-10-04T20:00:00Z, missing 390: "
        + "[2013-10-04T13:30:00Z (390)]")
  }

  // The bar that opens at 14:30 is known in full at 14:35 only, whatever it is made of.
  @Test(arguments: [1, 5])
  func `a bar that is not over at the window's end is left out`(minutes: Int) throws {
    let session = try Session.on("2013-10-04")
    let timeframe = minutes == 1 ? Timeframe.m1 : .m5
    let whole = try SampleBars(BarSeries(timeframe, session.bars(every: minutes)), sessions: [session])

    let bars = whole.cut(at: try instant("2013-10-04T14:32:00Z"))

    guard case .sufficient(let history, _) = judge(bars) else {
      Issue.record("it did not pass")
      return
    }
    #expect(history.series.count == 12)
    #expect(try history.series.time.last == instant("2013-10-04T14:25:00Z"))
  }

  @Test(arguments: [1, 60])
  func `the last bar of a day is over at the close`(minutes: Int) throws {
    // Given hours from 13:30 on, the last of which is half an hour, or their minutes
    let session = try Session.on("2013-10-04")
    var series = try BarSeries(minutes == 1 ? .m1 : .h1, session.bars(every: minutes))
    if minutes == 60 {
      series.append(
        Bar(time: session.open + .seconds(6 * 3600), open: 1, high: 1, low: 1, close: 1, volume: 1))
    }
    let bars = try SampleBars(series, sessions: [session])

    guard
      case .sufficient(let history, _) = HistoryGate().judge(bars.response, timeframe: .h1, sessionMode: .rth)
    else {
      Issue.record("it did not pass")
      return
    }
    #expect(history.series.count == 7)
  }

  private func judge(_ bars: SampleBars) -> GateVerdict {
    HistoryGate().judge(bars.response, timeframe: .m5, sessionMode: .rth)
  }
}

/// The minutes of two sessions with a weekend between them.
func twoDays() throws -> SampleBars {
  let sessions = [try Session.on("2013-10-04"), try Session.on("2013-10-07")]
  return try SampleBars(BarSeries(.m1, sessions.flatMap { $0.bars() }), sessions: sessions)
}
