import PrepaperDomain
import PrepaperRun
import PrepaperTestSupport
import Testing

/// What a run tells while it goes, in its order.
@Suite struct RunEventTests {
  @Test func `a run on files tells of its data, its stages and its signals`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    let recorder = EventRecorder()

    let staged = try await bench.flow(bench.files(), observe: recorder.observe).stage(bench.request())

    let report = HistoryReport(
      status: .sufficient, expectedBars: 1470, presentBars: 1470, holes: [], reason: nil)
    #expect(
      recorder.events == [
        .using("Using RealMarketDataService (signals_db=\(bench.signalsPath))"),
        .began(runID: try run("run-1"), backtestRunID: try run("251215_144939_HOOD_15m_100d")),
        .stage(.manifest),
        .stage(.bars),
        .barsLoaded(1470, symbol: try symbol("HOOD"), timeframe: .m1, source: "csv"),
        .stage(.gate),
        .gate(SymbolHistory(symbol: try symbol("HOOD"), report: report)),
        .stage(.files),
        .stage(.features),
        .stage(.strategy),
        .stage(.bars),
        .stage(.strategy),
        .history(
          RunHistory(
            symbols: [SymbolHistory(symbol: try symbol("HOOD"), report: report)], isStrict: false,
            tolerance: HoleTolerance(), maxJump: 0.4)),
        .stage(.plan),
        .stage(.files),
        .stage(.proof),
        .proven(RunProof(replay: .holds, lookahead: .holds), reason: nil),
        .stage(.report),
        .stage(.signals),
        .signalsWritten(staged.signals),
      ])
  }

  @Test func `made-up bars are announced and warned of before anything is done`() async throws {
    let bench = try RunBench()
    let recorder = EventRecorder()

    _ = try await bench.flow(observe: recorder.observe).stage(bench.request())

    #expect(
      recorder.events.prefix(4) == [
        .using("Using FakeMarketDataService (default)"),
        .began(runID: try run("run-1"), backtestRunID: try run("251215_144939_HOOD_15m_100d")),
        .warning("the bars are synthetic: nothing that comes of them says anything about a market"),
        .stage(.manifest),
      ])
  }

  @Test func `a run without enough history passes over features and strategy`() async throws {
    let bench = try RunBench()
    let recorder = EventRecorder()

    let staged = try await bench.flow(observe: recorder.observe).stage(bench.request(window: .day(day("2025-12-13"))))

    let stages = recorder.events.compactMap { event in
      if case .stage(let stage) = event { stage } else { nil }
    }
    #expect(stages == [.manifest, .bars, .gate, .files, .bars, .plan, .files, .proof, .report, .signals])
    #expect(recorder.events.last == .signalsWritten(SignalsReceipt(written: 0, duplicatesSkipped: 0)))
    #expect(staged.status == .noSignals)
  }

  @Test(arguments: [("2025-12-15", false), ("2025-12-12", true), ("2025-12-11", true)])
  func `a window that the backtest has seen is warned of`(date: String, isSeen: Bool) async throws {
    let bench = try RunBench()
    let recorder = EventRecorder()

    _ = try await bench.flow(observe: recorder.observe).stage(bench.request(window: .day(day(date))))

    let warning = RunEvent.warning(
      "the window begins at \(date)T14:30:00Z, but the backtest has seen data up to 2025-12-12T21:00:00Z: this is no "
        + "proof on unseen data")
    #expect(recorder.events.contains(warning) == isSeen)
  }

  @Test func `a run that is refused tells of no stage after that`() async throws {
    var backtest = Backtest()
    backtest.strategy = "martingale"
    let bench = try RunBench(backtest)
    let recorder = EventRecorder()

    await #expect(throws: RunError.self) {
      try await bench.flow(observe: recorder.observe).stage(bench.request())
    }

    #expect(recorder.events.last == .stage(.manifest))
  }
}
