import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun
import PrepaperTestSupport
import Testing

/// Runs that look at the present, and bars that are still on their way.
@Suite struct LiveRunTests {
  @Test(arguments: [
    // Within a session, at a bar's end, right after the open, after the close, on a weekend.
    ("2025-12-15T16:07:30Z", "2025-12-15T14:30:00+00:00", "2025-12-15T16:00:00+00:00"),
    ("2025-12-15T16:15:00Z", "2025-12-15T14:30:00+00:00", "2025-12-15T16:15:00+00:00"),
    ("2025-12-15T14:44:59Z", "2025-12-12T14:30:00+00:00", "2025-12-12T21:00:00+00:00"),
    ("2025-12-15T23:00:00Z", "2025-12-15T14:30:00+00:00", "2025-12-15T21:00:00+00:00"),
    ("2025-12-14T12:00:00Z", "2025-12-12T14:30:00+00:00", "2025-12-12T21:00:00+00:00"),
  ])
  func `a run as of a moment ends with the last bar that is complete then`(
    now: String, from: String, to: String
  ) async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    let clock = ManualClock(try instant(now))
    let live = RunOptions(mode: .live)

    let run = try await bench.publish(
      bench.request("now", window: .asOf(.now), options: live), bench.flow(bench.files(), clock: clock))
    let then = try await bench.publish(
      bench.request("then", window: .asOf(.instant(instant(now)))), bench.flow(bench.files()))

    #expect(try run.manifest.at("data.window.from") == .string(from))
    #expect(try run.manifest.at("data.window.to") == .string(to))
    #expect(try run.manifest.at("identity.mode") == .string("live"))
    #expect(try then.manifest.at("identity.mode") == .string("replay"))
    #expect(try then.bytes("plan.json") == run.bytes("plan.json"))
    #expect(try then.bytes("bars/HOOD.M1.csv") == run.bytes("bars/HOOD.M1.csv"))
  }

  @Test func `nothing after the last complete bar is seen`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")

    let run = try await bench.publish(
      bench.request(window: .asOf(.instant(instant("2025-12-15T16:07:30Z")))), bench.flow(bench.files()))

    let bars = String(decoding: try run.bytes("bars/HOOD.M1.csv"), as: UTF8.self)
    #expect(bars.split(separator: "\n").last?.hasPrefix("2025-12-15T15:59:00Z,") == true)
  }

  @Test func `a source that ends before the moment ends the window`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-15T15:10:00Z")

    let run = try await bench.publish(
      bench.request(window: .asOf(.instant(instant("2025-12-15T16:07:30Z")))), bench.flow(bench.files()))

    #expect(try run.manifest.at("data.window.to") == .string("2025-12-15T15:00:00+00:00"))
  }

  @Test func `a window that the source has not settled yet comes back later`() async throws {
    let bench = try RunBench()
    let source = UnsettledSource(settledUntil: try instant("2025-12-15T20:59:00Z"))
    let service = RealMarketDataService(source: source, signalsPlace: bench.signalsPath)

    let error = try await #require(throws: RunError.self) {
      try await bench.publish(bench.request(), bench.flow(service))
    }
    let earlier = try await bench.publish(
      bench.request(window: .day(day("2025-12-12"))), bench.flow(service))

    #expect(error.code == .historyLoading)
    #expect(error.code.isTransient)
    #expect(
      error.message
        == "HOOD: the window ends at 2025-12-15T21:00:00Z, but the source's bars are settled only until "
        + "2025-12-15T20:59:00Z; try again later")
    #expect(earlier.staged.status == .success)
  }

  @Test func `bars that came again with other numbers are told and listed, and change no definition`() async throws {
    let bench = try RunBench()
    let plain = RealMarketDataService(source: UnsettledSource(settledUntil: nil), signalsPlace: bench.signalsPath)
    let time = try instant("2025-12-15T15:00:00Z")
    let revision = BarRevision(
      symbol: try symbol("HOOD"), timeframe: .m1, kept: bar(at: time, 10), revised: bar(at: time, 11))
    let source = UnsettledSource(settledUntil: nil, revisions: [revision])
    let revised = RealMarketDataService(source: source, signalsPlace: bench.signalsPath)
    let recorder = EventRecorder()

    let before = try await bench.publish(bench.request(), bench.flow(plain)).definition()
    let run = try await bench.publish(bench.request(), bench.flow(revised, observe: recorder.observe))

    #expect(try run.definition() == before)
    #expect(try run.json("run_meta.json").list("revisions") == [revision.json])
    #expect(
      recorder.events.contains(
        .warning(
          "HOOD: the source gave 1 bars again with other numbers, the first of them that of 2025-12-15T15:00:00Z; those "
            + "that came first stay in use, run_meta.json lists both")))
  }

  private func bar(at time: UTCTimestamp, _ price: Double) -> Bar {
    Bar(time: time, open: price, high: price, low: price, close: price, volume: 1)
  }

  @Test func `without a window a source that goes on has its last settled session`() async throws {
    let bench = try RunBench()
    let source = UnsettledSource(settledUntil: try instant("2025-12-15T20:59:00Z"))
    let service = RealMarketDataService(source: source, signalsPlace: bench.signalsPath)

    let run = try await bench.publish(bench.request(window: .lastSession), bench.flow(service))

    #expect(try run.manifest.at("data.window.to") == .string("2025-12-12T21:00:00+00:00"))
  }
}

/// Made-up bars of a source that goes on having more.
private struct UnsettledSource: BarSource {
  let settledUntil: UTCTimestamp?
  var revisions: [BarRevision] = []

  var kind: String { "http" }
  var adjustment: String { "raw" }
  var isSynthetic: Bool { false }

  func open(_ request: FeedRequest) async throws -> any BarFeed {
    Feed(bars: SyntheticBarSource().open(request), settledUntil: settledUntil, revisions: revisions)
  }

  private struct Feed: BarFeed {
    let bars: any BarFeed
    let settledUntil: UTCTimestamp?
    let revisions: [BarRevision]

    var timeframe: Timeframe { bars.timeframe }
    var coverage: BarCoverage { settledUntil.map { .until($0) } ?? .anyTime }

    func bars(in span: TimeSpan) async throws -> FeedBars {
      var answer = try await bars.bars(in: span)
      answer.revisions = revisions
      return answer
    }
  }
}
