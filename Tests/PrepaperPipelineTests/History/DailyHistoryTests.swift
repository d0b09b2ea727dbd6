import PrepaperDomain
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// Daily bars, as a source has them and as they are built from minutes.
@Suite struct DailyHistoryTests {
  @Test func `daily bars are one for each session, and a day without one is missing`() throws {
    let sessions = try days.map { try Session.on($0) }
    let series = try BarSeries(.d1, [0, 1, 3].map { day(sessions[$0], 10 + Double($0)) })

    let whole = HistoryGate().judge(
      try response(BarSeries(.d1, sessions.map { day($0, 10) }), sessions), timeframe: .d1, sessionMode: .rth)
    let part = HistoryGate().judge(try response(series, sessions), timeframe: .d1, sessionMode: .rth)

    #expect(whole.report.status == .sufficient)
    #expect(whole.report.expectedBars == 4)
    #expect(part.report.status == .degraded)
    #expect(
      part.report.holes == [
        Hole(first: sessions[2].day.startUTC, last: sessions[2].day.startUTC, bars: 1, kind: .missing)
      ])
  }

  @Test func `minutes become days that carry the session's date`() throws {
    let sessions = try days.prefix(2).map { try Session.on($0) }
    let base = try BarSeries(.m1, sessions.flatMap { $0.bars() })

    let daily = resampler(.d1, .rth, sessions).resample(base, until: sessions[1].close)

    #expect(daily.time == sessions.map(\.day.startUTC))
    #expect(daily.open == [base.open[0], base.open[390]])
    #expect(daily.close == [base.close[389], base.close[779]])
    #expect(daily.high == [base.high[..<390].max(), base.high[390...].max()])
    #expect(daily.volume == [base.volume[..<390].reduce(0, +), base.volume[390...].reduce(0, +)])
  }

  @Test func `a day that is not over is left out`() throws {
    let sessions = try days.prefix(2).map { try Session.on($0) }
    let base = try BarSeries(.m1, sessions.flatMap { $0.bars() })

    let daily = resampler(.d1, .rth, sessions).resample(base, until: sessions[1].close - .seconds(1))

    #expect(daily.time == [sessions[0].day.startUTC])
  }

  @Test func `with all hours the day goes from midnight to the close, and a weekend has none`() throws {
    let sessions = try days.prefix(2).map { try Session.on($0) }
    let times = [
      "2013-10-04T08:00:00Z", "2013-10-04T19:59:00Z", "2013-10-04T20:00:00Z", "2013-10-04T23:59:00Z",
      "2013-10-05T12:00:00Z", "2013-10-07T08:00:00Z",
    ]
    let base = try BarSeries(.m1, times.enumerated().map { bar(try instant($1), Double($0 + 1)) })

    let daily = resampler(.d1, .all, sessions).resample(base, until: try instant("2013-10-08T04:00:00Z"))

    // Then what is traded after the close is in no day: the decision was made at the close
    #expect(daily.open == [1, 6])
    #expect(daily.close == [2, 6])
  }

  @Test func `a window in which no session ends gives no signals`() throws {
    let sessions = try days.map { try Session.on($0) }
    let none = UTCTimestamp(seconds: 0)
    let window = TimeSpan(from: sessions[3].open, to: sessions[3].close - .seconds(1))
    let response = BarsResponse(
      window: window, evaluated: TimeSpan(from: none, to: none),
      range: TimeSpan(from: sessions[0].day.startUTC, to: sessions[3].day.startUTC),
      base: try BarSeries(.d1, sessions.prefix(3).map { day($0, 10) }), schedule: schedule(sessions),
      provenance: provenance)

    let report = HistoryGate().judge(response, timeframe: .d1, sessionMode: .rth).report

    #expect(report.status == .degraded)
    #expect(report.reason?.hasPrefix("no session that opens in the window 2013-10-09T13:30:00Z to ") == true)
  }

  @Test func `what is still loading is not judged`() throws {
    let sessions = try days.map { try Session.on($0) }
    var given = try response(BarSeries(.d1, sessions.map { day($0, 10) }), sessions)
    given = BarsResponse(
      window: given.window, evaluated: given.evaluated, range: given.range, base: given.base, schedule: given.schedule,
      provenance: given.provenance, loading: "half of it came")

    let report = HistoryGate().judge(given, timeframe: .d1, sessionMode: .rth).report

    #expect(report.status == .loading)
    #expect(report.reason == "half of it came")
  }

  @Test func `gaps of extended hours are listed and are no loss`() throws {
    let session = try Session.on("2013-10-04")
    let early = try ["12:00", "12:01", "12:05"].map { bar(try instant("2013-10-04T\($0):00Z"), 10) }
    let late = try ["20:00", "20:03"].map { bar(try instant("2013-10-04T\($0):00Z"), 10) }
    let series = try BarSeries(.m1, early + session.bars() + late)
    var sample = try SampleBars(series, sessions: [session])
    sample.range = TimeSpan(from: early[0].time, to: late[1].time + .seconds(60))
    sample.window = sample.range

    let all = HistoryGate().judge(sample.response, timeframe: .m1, sessionMode: .all).report
    let regular = HistoryGate().judge(sample.response, timeframe: .m1, sessionMode: .rth).report

    #expect(all.status == .sufficient)
    #expect(all.expectedBars == 390)
    #expect(
      all.holes == [
        Hole(first: early[1].time + .seconds(60), last: early[2].time - .seconds(60), bars: 3, kind: .outsideSession),
        Hole(first: late[0].time + .seconds(60), last: late[1].time - .seconds(60), bars: 2, kind: .outsideSession),
      ])
    #expect(regular.holes.isEmpty)
  }

  private let days = ["2013-10-04", "2013-10-07", "2013-10-08", "2013-10-09"]

  private let provenance = BarsProvenance(provider: "real", source: "csv", adjustment: "unknown", isSynthetic: false)

  private func response(_ series: BarSeries, _ sessions: [Session]) throws -> BarsResponse {
    let dates = TimeSpan(from: sessions[0].day.startUTC, to: sessions[3].day.advanced(byDays: 1).startUTC)
    return BarsResponse(
      window: TimeSpan(from: sessions[0].open, to: sessions[3].close), evaluated: dates, range: dates, base: series,
      schedule: schedule(sessions), provenance: provenance)
  }

  private func schedule(_ sessions: [Session]) -> SessionSchedule {
    SessionSchedule(calendar: "XNYS", version: "test", timeZone: .newYork, sessions: sessions)
  }

  private func day(_ session: Session, _ price: Double) -> Bar { bar(session.day.startUTC, price) }

  private func bar(_ time: UTCTimestamp, _ price: Double) -> Bar {
    Bar(time: time, open: price, high: price, low: price, close: price, volume: 1)
  }
}
