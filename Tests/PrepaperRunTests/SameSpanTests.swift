import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// One span of time, asked for in several ways.
@Suite struct SameSpanTests {
  @Test(arguments: [
    // The span begins within a session window; in a market that never closes there are bars before it.
    (CalendarName.always, "America/New_York", "18:00-22:00"), (.always, "UTC", "00:00-24:00"),
    (.always, "Asia/Tokyo", "08:00-16:00"), (.xnys, "America/New_York", "09:30-16:00"),
    (.xnys, "Asia/Tokyo", "00:00-24:00"),
  ])
  func `the same span gives the same run, however it is written`(
    calendar: CalendarName, zone: String, window: String
  ) async throws {
    var backtest = Backtest()
    backtest.timeframe = .m5
    backtest.parameters["timeframe_minutes"] = .integer(5)
    backtest.parameters["session_timezone"] = .string(zone)
    backtest.parameters["session_filter"] = .array([.string(window)])
    let bench = try RunBench(backtest)
    let date = try day("2025-12-16")
    let hours =
      calendar == .always
      ? try (instant("2025-12-16T00:00:00Z"), instant("2025-12-17T00:00:00Z"))
      : try (instant("2025-12-16T14:30:00Z"), instant("2025-12-16T21:00:00Z"))
    let instants = WindowRequest.span(from: .instant(hours.0), to: .instant(hours.1))
    var requests = [WindowRequest.day(date), instants]
    if calendar == .always { requests.append(.span(from: .day(date), to: .day(date.advanced(byDays: 1)))) }

    var definitions: Set<JSONValue> = []
    for (number, request) in requests.enumerated() {
      let run = try await bench.publish(
        bench.request("run-\(number)", window: request, options: RunOptions(calendar: calendar, isProven: false)))
      let manifest = try run.manifest
      definitions.insert(
        .array(["data", "history", "inputs", "outputs"].map { manifest[$0] ?? .null }))
    }

    #expect(definitions.count == 1)
  }
}
