import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct WindowTests {
  // 2024-11-29 is a half day, 2024-11-28 and the weekend before are closed.
  @Test(arguments: [
    ("2024-11-26T14:30:00Z", "2024-11-27T21:00:00Z", "2024-11-27T14:30:00Z 2024-11-27T21:00:00Z"),
    // Nothing was traded in the last minute, or most of the day: the session is over all the same.
    ("2024-11-26T14:30:00Z", "2024-11-27T20:59:00Z", "2024-11-27T14:30:00Z 2024-11-27T21:00:00Z"),
    ("2024-11-26T14:30:00Z", "2024-11-29T18:00:00Z", "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
    ("2024-11-26T14:30:00Z", "2024-11-29T17:59:00Z", "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
    ("2024-11-25T14:30:00Z", "2024-11-26T14:31:00Z", "2024-11-26T14:30:00Z 2024-11-26T21:00:00Z"),
    ("2024-11-22T14:30:00Z", "2024-11-22T21:00:00Z", "2024-11-22T14:30:00Z 2024-11-22T21:00:00Z"),
  ])
  func `without a window the last session of a file that is over is meant`(
    from: String, to: String, window: String
  ) async throws {
    let files = try await made(from, to)

    let response = try await files.spy(.lastSession)

    #expect(response.window.text == window)
  }

  @Test func `bars after the close leave the session the last one`() async throws {
    let late = "2024-11-27T23:59:00Z,1,1,1,1,1\n2024-11-29T09:00:00Z,1,1,1,1,1\n"
    let files = try await made("2024-11-26T14:30:00Z", "2024-11-27T21:00:00Z", then: late)

    let response = try await files.spy(.lastSession)

    #expect(response.window.text == "2024-11-27T14:30:00Z 2024-11-27T21:00:00Z")
  }

  @Test func `with all hours the last session's whole local day is meant`() async throws {
    let files = try await made("2024-11-26T14:30:00Z", "2024-11-27T21:00:00Z")

    let response = try await files.spy(.lastSession, mode: .all)

    #expect(response.window.text == "2024-11-27T05:00:00Z 2024-11-28T05:00:00Z")
  }

  @Test(arguments: [
    // The half day closes at 18:00Z; until then the session before it is the last one.
    ("2024-11-29T17:59:59Z", "2024-11-27T14:30:00Z 2024-11-27T21:00:00Z"),
    ("2024-11-29T18:00:00Z", "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
  ])
  func `a session that is not over is not the last one`(now: String, window: String) async throws {
    let files = try await made("2024-11-26T14:30:00Z", "2024-11-29T17:59:00Z")

    let response = try await files.spy(.lastSession, now: now)

    #expect(response.window.text == window)
  }

  @Test(arguments: [
    ("2024-11-27T14:31:00Z", "2024-11-27T21:00:00Z"), ("2024-11-29T14:31:00Z", "2024-11-29T17:59:00Z"),
  ])
  func `a file without one complete session is refused`(from: String, to: String) async throws {
    let files = try await made(from, to)

    let error = try await #require(throws: RunError.self) { try await files.spy(.lastSession) }

    #expect(error.code == .symbolUnknown)
    #expect(error.message == "the source has no complete session: its bars go from \(from) to \(to)")
  }

  @Test(arguments: [
    ("2025-03-07", SessionMode.rth, "2025-03-07T14:30:00Z 2025-03-07T21:00:00Z"),
    ("2025-03-10", .rth, "2025-03-10T13:30:00Z 2025-03-10T20:00:00Z"),
    ("2024-11-29", .rth, "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
    ("2025-03-07", .all, "2025-03-07T05:00:00Z 2025-03-08T05:00:00Z"),
    ("2025-11-03", .all, "2025-11-03T05:00:00Z 2025-11-04T05:00:00Z"),
    // Days without a session: a Saturday, the Sundays on which clocks change, a holiday.
    ("2025-03-08", .rth, "2025-03-08T05:00:00Z 2025-03-09T05:00:00Z"),
    ("2025-03-09", .rth, "2025-03-09T05:00:00Z 2025-03-10T04:00:00Z"),
    ("2025-11-02", .all, "2025-11-02T04:00:00Z 2025-11-03T05:00:00Z"),
    ("2024-11-28", .rth, "2024-11-28T05:00:00Z 2024-11-29T05:00:00Z"),
    ("1993-01-04", .rth, "1993-01-04T14:30:00Z 1993-01-04T21:00:00Z"),
    ("2030-12-31", .all, "2030-12-31T05:00:00Z 2031-01-01T05:00:00Z"),
  ])
  func `a day is its session, or the whole local day`(day: String, mode: SessionMode, text: String) async throws {
    let response = try await fake().spy(window(day), mode: mode)

    #expect(response.window.text == text)
  }

  @Test(arguments: [
    ("2025-03-07 2025-03-11", "2025-03-07T05:00:00Z 2025-03-11T04:00:00Z"),
    ("2025-03-08 2025-03-09", "2025-03-08T05:00:00Z 2025-03-09T05:00:00Z"),
    ("2025-03-07T15:00:00Z 2025-03-07T15:00:01Z", "2025-03-07T15:00:00Z 2025-03-07T15:00:01Z"),
    ("2025-03-07 2025-03-07T16:00:00-05:00", "2025-03-07T05:00:00Z 2025-03-07T21:00:00Z"),
    ("2025-03-07T16:00:00Z 2025-03-08", "2025-03-07T16:00:00Z 2025-03-08T05:00:00Z"),
    ("1993-01-01 1993-01-02", "1993-01-01T05:00:00Z 1993-01-02T05:00:00Z"),
    ("2030-12-31 2031-01-01", "2030-12-31T05:00:00Z 2031-01-01T05:00:00Z"),
  ])
  func `a span goes from a local midnight or an instant to another`(request: String, text: String) async throws {
    for mode in SessionMode.allCases {
      let response = try await fake().spy(window(request), mode: mode)

      #expect(response.window.text == text)
      #expect(response.range == response.window)
    }
  }

  @Test(arguments: [
    ("2025-03-07 2025-03-07", "--from 2025-03-07 is not before --to 2025-03-07"),
    ("2025-03-08 2025-03-07", "--from 2025-03-08 is not before --to 2025-03-07"),
    ("2025-03-07 2025-03-07T05:00:00Z", "--from 2025-03-07 is not before --to 2025-03-07T05:00:00Z"),
    (
      "2025-03-07T15:00:00Z 2025-03-07T15:00:00Z",
      "--from 2025-03-07T15:00:00Z is not before --to 2025-03-07T15:00:00Z"
    ),
    ("1992-12-31", "1992-12-31 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"),
    ("2031-01-01", "2031-01-01 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"),
    ("1992-12-31 1993-02-01", "1992-12-31 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"),
    ("2030-12-01 2031-01-02", "2031-01-01 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"),
    (
      "2030-12-01 2031-01-01T05:00:00.001Z",
      "2031-01-01 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"
    ),
    (
      "0000-01-01T00:00:00Z 2025-03-07",
      "-0001-12-31 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"
    ),
    (
      "2025-03-07 9999-12-31T23:59:59Z",
      "9999-12-31 is outside the calendar XNYS, which goes from 1993-01-01 to 2030-12-31"
    ),
  ])
  func `a span that cannot be evaluated is refused with what it says`(request: String, message: String) async throws {
    let error = try await #require(throws: RunError.self) { try await fake().spy(window(request)) }

    #expect(error.code == .paramsInvalid)
    #expect(error.message == message)
  }

  @Test(arguments: [
    (nil, "2025-01-02T14:30:00Z 2025-01-02T21:00:00Z"),
    ("2025-12-12T21:00:00Z", "2025-12-15T14:30:00Z 2025-12-15T21:00:00Z"),
    ("2025-12-12T14:30:00Z", "2025-12-12T14:30:00Z 2025-12-12T21:00:00Z"),
    ("2025-12-12T14:30:01Z", "2025-12-15T14:30:00Z 2025-12-15T21:00:00Z"),
    ("2025-12-13T05:00:00Z", "2025-12-15T14:30:00Z 2025-12-15T21:00:00Z"),
    ("2024-11-28T05:00:00Z", "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
  ])
  func `made-up bars have the first session that the backtest has not seen`(
    seen: String?, text: String
  ) async throws {
    let seenUntil = try seen.map(instant)

    let response = try await fake().spy(.lastSession, seenUntil: seenUntil)

    #expect(response.window.text == text)
  }

  @Test(arguments: ["2030-12-31T21:00:00Z", "2040-01-01T00:00:00Z", "1990-01-01T00:00:00Z", "0000-01-01T00:00:00Z"])
  func `where the calendar has no session that is unseen, the window must be given`(seen: String) async throws {
    let seenUntil = try instant(seen)

    let error = try await #require(throws: RunError.self) { try await fake().spy(.lastSession, seenUntil: seenUntil) }

    #expect(error.code == .paramsInvalid)
    #expect(error.message == "the calendar XNYS has no session after \(seen)")
  }

  @Test(arguments: [
    ("2024-11-29T17:59:59Z", Timeframe.m15, "2024-11-29T14:30:00Z 2024-11-29T17:45:00Z"),
    ("2024-11-29T18:00:00Z", .m15, "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
    ("2024-11-29T14:34:59Z", .m5, "2024-11-27T14:30:00Z 2024-11-27T21:00:00Z"),
    ("2024-11-29T14:35:00Z", .m5, "2024-11-29T14:30:00Z 2024-11-29T14:35:00Z"),
    // The last hour of a half day is half an hour.
    ("2024-11-29T17:45:00Z", .h1, "2024-11-29T14:30:00Z 2024-11-29T17:30:00Z"),
    // A day is over with its session.
    ("2024-11-29T17:59:59Z", .d1, "2024-11-27T14:30:00Z 2024-11-27T21:00:00Z"),
    ("2024-11-29T18:00:00Z", .d1, "2024-11-29T14:30:00Z 2024-11-29T18:00:00Z"),
  ])
  func `as of a moment the window ends with the last complete bar`(
    moment: String, timeframe: Timeframe, text: String
  ) async throws {
    let response = try await fake().spy(.asOf(.instant(instant(moment))), timeframe, base: nil)

    #expect(response.window.text == text)
  }

  @Test(arguments: [
    ("2024-11-30", "2024-11-30T00:00:00Z 2024-12-01T00:00:00Z"),
    ("2024-11-28 2024-11-30", "2024-11-28T00:00:00Z 2024-11-30T00:00:00Z"),
  ])
  func `a market that never closes has every day, by UTC`(request: String, text: String) async throws {
    let response = try await fake().spy(window(request), .h1, base: .h1, calendar: .always, warmUp: WarmUp(bars: 25))

    #expect(response.window.text == text)
    #expect(response.window.from - response.range.from == .seconds(25 * 3600))
    #expect(response.schedule.calendar == "24x7")
    #expect(response.base.count == 25 + Int((response.window.to.seconds - response.window.from.seconds) / 3600))
  }

  private func fake() -> FakeMarketDataService {
    FakeMarketDataService(choice: "default")
  }

  /// Files with a bar for every minute of the sessions between two instants.
  private func made(_ from: String, _ to: String, then more: String = "") async throws -> BarsDirectory {
    let feed = SyntheticBarSource().open(try .of("SPY", .m1))
    let bars = try await feed.bars(in: span(from, to)).series
    let files = try BarsDirectory()
    try files.write(BarsDirectory.csv(bars) + more)
    return files
  }
}
