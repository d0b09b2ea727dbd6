import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperRun
import PrepaperTestSupport
import Testing

/// The backtest's file of signals, as others have written it.
@Suite struct DriftReferenceTests {
  @Test(arguments: [
    ("", "is empty; its first line is a header"), ("signal_ts,symbol,side\n", "line 1: there is no column entry_price"),
    (
      "signal_ts,symbol,side,entry_price\n2025-12-15T14:45:00,A,BUY,1\n",
      "line 2, column signal_ts: '2025-12-15T14:45:00' is no time"
    ),
    ("signal_ts,symbol,side,entry_price\n2025-12-15T14:45:00Z,A,UP,1\n", "line 2, column side: 'UP' must be BUY"),
    (
      "signal_ts,symbol,side,entry_price\n\n2025-12-15T14:45:00Z,A,BUY,x\n",
      "line 3, column entry_price: 'x' is no number"
    ),
    (
      "signal_ts,symbol,side,entry_price\n2025-12-15T14:45:00Z,a/b,BUY,1\n", "line 2, column symbol: 'a/b' is no symbol"
    ),
  ])
  func `a file of signals that cannot be read is refused with the place`(text: String, problem: String) throws {
    let bench = try RunBench()
    try bench.directory.write(text, to: "artifacts/backtests/\(Backtest().runID)/events_intent.csv")

    let error = #expect(throws: RunError.self) {
      _ = try DriftReference(backtest: run(Backtest().runID), in: ArtifactsRoot(path: bench.root))
    }

    #expect(error?.code == .manifestInvalid)
    #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
  }

  @Test func `a run goes on where the backtest's signals cannot be read`() async throws {
    let bench = try RunBench()
    try bench.directory.write("nothing\n", to: "artifacts/backtests/\(Backtest().runID)/events_intent.csv")
    let recorder = EventRecorder()

    let run = try await bench.publish(bench.request(), bench.flow(observe: recorder.observe))

    #expect(run.staged.status == .success)
    #expect(
      recorder.events.contains {
        if case .warning(let text) = $0 { text.hasPrefix("there is no drift report: events_intent.csv") } else { false }
      })
  }

  @Test func `quotes, spaces and long names are read`() throws {
    let bench = try RunBench()
    try bench.directory.write(
      "\u{feff}side,symbol,\"entry_price\",signal_ts,stop_price,take_profit_price,strategy_version\r\n"
        + "LONG,\"BRK.B\",\"1.5\",2025-12-15 09:45:00-05:00,nan,,\"1 \"\"b\"\", c\"\r\nshort,SPY,2,\"2025-12-15T14:45:00Z\",2.5,1,\r\n",
      to: "artifacts/backtests/\(Backtest().runID)/events_intent.csv")

    let signals = try DriftReference(backtest: run(Backtest().runID), in: ArtifactsRoot(path: bench.root))?.signals

    #expect(
      try signals == [
        DriftSignal(
          time: instant("2025-12-15T14:45:00Z"), symbol: symbol("BRK.B"), side: .buy, entry: 1.5, stop: nil,
          target: nil,
          version: "1 \"b\", c"),
        DriftSignal(
          time: instant("2025-12-15T14:45:00Z"), symbol: symbol("SPY"), side: .sell, entry: 2, stop: 2.5, target: 1),
      ])
  }
}
