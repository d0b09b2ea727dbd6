import PrepaperDomain
import PrepaperIndicators
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite struct PriceJumpTests {
  @Test(arguments: [
    // A split of 7 for 1, a reverse split, and what is just within the limit and just beyond it.
    (100.0, 14.28, true), (100, 250, true), (100, 140, false), (100, 140.01, true), (100, 60, false),
    (100, 59.99, true),
    (100, 101, false),
  ])
  func `a change beyond the share between two sessions is a jump`(close: Double, open: Double, isJump: Bool) throws {
    let (series, schedule) = try twoSessions(close: close, open: open)

    let jumps = priceJumps(in: series, schedule, beyond: 0.4)

    #expect(jumps.count == (isJump ? 1 : 0))
    #expect(jumps.allSatisfy { $0.close == close && $0.open == open })
    #expect(jumps.allSatisfy { $0.from == series.time[1] && $0.to == series.time[2] })
  }

  @Test func `a change within a session is none`() throws {
    let session = try Session.on("2013-10-04")
    let series = try BarSeries(.m1, [bar(session.open, 100, 100), bar(session.open + .seconds(60), 10, 10)])

    #expect(priceJumps(in: series, schedule([session]), beyond: 0.4).isEmpty)
  }

  @Test func `a jump over a session without bars stands once`() throws {
    let sessions = try ["2013-10-04", "2013-10-07", "2013-10-08"].map { try Session.on($0) }
    let series = try BarSeries(.m1, [bar(sessions[0].open, 100, 100), bar(sessions[2].open, 10, 10)])

    let jumps = priceJumps(in: series, schedule(sessions), beyond: 0.4)

    #expect(jumps.map(\.to) == [sessions[2].open])
  }

  @Test func `daily bars jump from date to date`() throws {
    let sessions = try ["2013-10-04", "2013-10-07"].map { try Session.on($0) }
    let series = try BarSeries(.d1, sessions.enumerated().map { bar($1.day.startUTC, $0 == 0 ? 90 : 9, 9) })

    let jumps = priceJumps(in: series, schedule(sessions), beyond: 0.4)

    #expect(jumps.isEmpty)
    #expect(priceJumps(in: series, schedule(sessions), beyond: -1).map(\.to) == [sessions[1].day.startUTC])
  }

  @Test func `bars before the open are of the new day`() throws {
    let sessions = try ["2013-10-04", "2013-10-07"].map { try Session.on($0) }
    let early = try instant("2013-10-07T12:00:00Z")
    let series = try BarSeries(
      .m1, [bar(sessions[0].open, 100, 100), bar(early, 10, 10), bar(sessions[1].open, 10, 10)])

    #expect(priceJumps(in: series, schedule(sessions), beyond: 0.4).map(\.to) == [early])
  }

  private func twoSessions(close: Double, open: Double) throws -> (BarSeries, SessionSchedule) {
    let sessions = try ["2013-10-04", "2013-10-07"].map { try Session.on($0) }
    let series = try BarSeries(
      .m1,
      [
        bar(sessions[0].open, close, close), bar(sessions[0].close - .seconds(60), close, close),
        bar(sessions[1].open, open, open),
      ])
    return (series, schedule(sessions))
  }

  private func schedule(_ sessions: [Session]) -> SessionSchedule {
    SessionSchedule(calendar: "XNYS", version: "test", timeZone: .newYork, sessions: sessions)
  }

  private func bar(_ time: UTCTimestamp, _ open: Double, _ close: Double) -> Bar {
    Bar(time: time, open: open, high: max(open, close), low: min(open, close), close: close, volume: 1)
  }
}
