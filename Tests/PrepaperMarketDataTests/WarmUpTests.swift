import PrepaperDomain
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

/// Where the bars before a window begin.
///
/// The files are empty: what the calendar expects decides, not what there is.
@Suite struct WarmUpTests {
  let calendar = XNYSCalendar()

  @Test(arguments: [
    // Within a session, and at its open: the bars before are of the session before.
    ("2024-12-03T16:00:00Z 2024-12-04", Timeframe.m5, 3, "2024-12-03T15:45:00Z"),
    ("2024-12-03T14:30:00Z 2024-12-04", .m5, 3, "2024-12-02T20:45:00Z"),
    ("2024-12-03", .m15, 26, "2024-12-02T14:30:00Z"),
    // Over the half day, the holiday before it and the weekend after it.
    ("2024-12-02", .m15, 5, "2024-11-29T16:45:00Z"),
    ("2024-12-02", .m15, 14, "2024-11-29T14:30:00Z"),
    ("2024-12-02", .m15, 15, "2024-11-27T20:45:00Z"),
    ("2024-12-02", .m1, 211, "2024-11-27T20:59:00Z"),
    ("2024-11-30 2024-12-03", .m30, 1, "2024-11-29T17:30:00Z"),
    ("2024-11-28 2024-11-30", .m30, 1, "2024-11-27T20:30:00Z"),
    // The session's last hour is half an hour: 7 bars begin on a full day and 4 on a half day.
    ("2024-12-02", .h1, 1, "2024-11-29T17:30:00Z"),
    ("2024-12-02", .h1, 5, "2024-11-27T20:30:00Z"),
    ("2024-12-02", .h1, 11, "2024-11-27T14:30:00Z"),
    // A bar that is open when the window begins is none of the window's: it opened before.
    ("2024-12-03T16:02:00Z 2024-12-04", .m5, 1, "2024-12-03T16:00:00Z"),
    ("2024-12-03T16:02:00Z 2024-12-04", .m5, 2, "2024-12-03T15:55:00Z"),
    // After the close and before the open.
    ("2024-12-03T23:00:00Z 2024-12-05", .m5, 1, "2024-12-03T20:55:00Z"),
    ("2024-12-03T09:00:00Z 2024-12-05", .m5, 1, "2024-12-02T20:55:00Z"),
    // Clocks went forward on the Sunday between.
    ("2025-03-10", .m5, 1, "2025-03-07T20:55:00Z"),
    ("2024-12-03T09:00:00Z 2024-12-05", .m5, 0, "2024-12-03T09:00:00Z"),
  ])
  func `warm-up is counted in the bars that the calendar expects`(
    request: String, timeframe: Timeframe, bars: Int, start: String
  ) async throws {
    let response = try await emptyFiles().spy(window(request), timeframe, warmUp: WarmUp(bars: bars))

    #expect(response.range.from.description == start)
    #expect(response.range.to == response.window.to)
  }

  @Test(arguments: [UInt64](1...4))
  func `warm-up is what counting bar by bar finds`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let files = try emptyFiles()
    let first = try instant("2012-06-01T00:00:00Z")
    let last = try instant("2025-12-31T00:00:00Z")

    for round in 0..<200 {
      let timeframe = [Timeframe.m1, .m5, .m15, .m30, .h1][random.pick(5)]
      let count = 1 + random.pick(400)
      let unit: Int64 = [1, 60, 300, 86_400][random.pick(4)]
      let seconds = Int64.random(in: first.seconds...last.seconds, using: &random) / unit * unit
      let from = UTCTimestamp(seconds: seconds)
      let expected = open(ofBar: count, timeframe, before: from)

      let response = try await files.spy(
        .span(from: .instant(from), to: .instant(from + .seconds(60))), timeframe, warmUp: WarmUp(bars: count))

      #expect(
        response.range.from == expected, "\(count) \(timeframe) before \(from); seed \(seed), round \(round)")
    }
  }

  @Test(arguments: [
    // The window begins at 16:00Z; since the open, 14:30Z, there are 18 bars of five minutes.
    ("2024-12-03T14:30:00Z", 15, 40, 40, "2024-12-02T19:10:00Z"),
    ("2024-12-03T14:30:00Z", 15, 20, 33, "2024-12-02T19:45:00Z"),
    ("2024-12-03T14:30:00Z", 0, 0, 18, "2024-12-03T14:30:00Z"),
    // Since the night, and since the evening before: only what is traded counts.
    ("2024-12-03T05:00:00Z", 2, 0, 20, "2024-12-02T20:50:00Z"),
    ("2024-12-02T20:30:00Z", 2, 0, 26, "2024-12-02T20:20:00Z"),
    ("2024-12-03T16:00:00Z", 9, 3, 3, "2024-12-03T15:45:00Z"),
    ("2024-12-03T18:00:00Z", 9, 3, 3, "2024-12-03T15:45:00Z"),
  ])
  func `warm-up reaches back to an instant that must be seen, and so many bars before it`(
    since: String, before: Int, bars: Int, count: Int, start: String
  ) async throws {
    let warmUp = WarmUp(bars: bars, since: try instant(since), barsBeforeSince: before)

    let response = try await emptyFiles().spy(window("2024-12-03T16:00:00Z 2024-12-04"), warmUp: warmUp)

    #expect(response.warmUpBars == count)
    #expect(response.range.from.description == start)
  }

  @Test func `warm-up that begins before the calendar is refused`() async throws {
    let files = try emptyFiles()

    let enough = try await files.spy(window("1993-01-05"), warmUp: WarmUp(bars: 78))
    let error = try await #require(throws: RunError.self) {
      try await files.spy(window("1993-01-05"), warmUp: WarmUp(bars: 79))
    }

    #expect(enough.range.from.description == "1993-01-04T14:30:00Z")
    #expect(error.code == .paramsInvalid)
    #expect(error.message == "the calendar XNYS begins at 1993-01-01, too late for 79 bars of warm-up")
  }

  @Test(arguments: [
    // One session of the window, and as many before it; the half day is over at 18:00Z.
    ("2024-12-02", 3, "2024-11-26 2024-11-27 2024-11-29 2024-12-02", "2024-12-02"),
    ("2024-11-29T14:30:00Z 2024-11-29T18:00:00Z", 1, "2024-11-27 2024-11-29", "2024-11-29"),
    // A session that is not over is none of the window's.
    ("2024-11-27 2024-11-29T17:59:00Z", 1, "2024-11-26 2024-11-27", "2024-11-27"),
    ("2024-11-27T14:31:00Z 2024-11-30", 1, "2024-11-27 2024-11-29", "2024-11-29"),
    ("2024-11-28", 2, "2024-11-26 2024-11-27", ""),
  ])
  func `daily bars are the sessions that are over, by their dates`(
    request: String, bars: Int, dates: String, evaluated: String
  ) async throws {
    let rows = (20...30).map { "2024-11-\($0),10,11,9,10,100" } + (1...4).map { "2024-12-0\($0),10,11,9,10,100" }
    let files = try BarsDirectory()
    try files.write(([BarsDirectory.header] + rows).joined(separator: "\n") + "\n", to: "SPY.D1.csv")

    let response = try await files.spy(window(request), .d1, base: nil, warmUp: WarmUp(bars: bars))

    let sessions = response.base.time.filter { calendar.session(on: $0.utcDate) != nil }
    #expect(sessions.map(\.utcDate.description).joined(separator: " ") == dates)
    let wanted = sessions.filter { response.evaluated.contains($0) }
    #expect(wanted.map(\.utcDate.description).joined(separator: " ") == evaluated)
  }

  @Test func `the schedule has every session from the first warm-up bar to the window's end`() async throws {
    let response = try await emptyFiles().spy(window("2024-12-02"), .m15, warmUp: WarmUp(bars: 15))

    #expect(
      response.schedule.sessions.map(\.day.description) == ["2024-11-27", "2024-11-29", "2024-12-02"])
    #expect(response.schedule.calendar == "XNYS")
  }

  private func emptyFiles() throws -> BarsDirectory {
    let files = try BarsDirectory()
    try files.write(BarsDirectory.header)
    return files
  }

  /// The open of the first, second … of the bars that the calendar expects before an instant, counted back one by one.
  private func open(ofBar number: Int, _ timeframe: Timeframe, before end: UTCTimestamp) -> UTCTimestamp {
    var opens: [UTCTimestamp] = []
    var day = end.utcDate
    while opens.count < number {
      if let session = calendar.session(on: day) {
        var open = session.open
        var ofDay: [UTCTimestamp] = []
        while open < session.close, open < end {
          ofDay.append(open)
          open = open + timeframe.duration
        }
        opens += ofDay.reversed()
      }
      day = day.advanced(byDays: -1)
    }
    return opens[number - 1]
  }
}
