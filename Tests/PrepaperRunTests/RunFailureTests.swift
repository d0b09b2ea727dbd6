import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun
import PrepaperSignals
import PrepaperTestSupport
import Testing

/// Runs that fail or are cancelled on the way.
@Suite struct RunFailureTests {
  @Test func `signals that cannot be written leave nothing staged or published`() async throws {
    let bench = try RunBench()
    try bench.directory.write("this is no database, and long enough to be none", to: "signals.db")

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(bench.request()) }

    #expect(error.code == .signalsUnreadable)
    #expect(try bench.made() == ["prepaper", "prepaper/.staging"])
    #expect(try bench.directory.read("signals.db").hasPrefix("this is no database"))
  }

  @Test func `a signal that is stored with another payload stops the run, and a published one stays`() async throws {
    let bench = try RunBench()
    let first = try await bench.publish(bench.request("run-1"))
    let definition = try first.definition()
    let other = try #require(try bench.storedSignals().last)
    _ = try bench.signals.write(
      SignalsBatch(
        runID: run("run-2"), createdAt: bench.clock.now,
        signals: [
          StoredSignal(
            time: other.time, symbol: other.symbol, idempotencyKey: other.idempotencyKey, sourceTag: other.sourceTag,
            payloadJSON: #"{"tp": 0.5}"#)
        ]))

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(bench.request("run-2")) }

    #expect(error.code == .signalsConflict)
    #expect(error.message.contains(#"{"tp": 0.5}"#))
    #expect(error.message.contains(other.payloadJSON))
    #expect(try bench.storedSignals("run-2").map(\.payloadJSON) == [#"{"tp": 0.5}"#])
    #expect(try bench.tree(bench.root + "/prepaper/.staging") == [])
    #expect(try bench.made().contains("prepaper/run-2") == false)
    #expect(try first.definition() == definition)
  }

  // Its signals are in the store already: the plan that is published must have all of them.
  @Test func `a run that was never published after its signals is not mixed with another result`() async throws {
    let bench = try RunBench()
    let crashed = try await bench.flow().stage(bench.request())
    try crashed.directory.discard()
    let stored = try bench.storedSignals()

    let other = try await #require(throws: RunError.self) {
      try await bench.flow().stage(bench.request(window: .day(day("2025-12-16"))))
    }
    let without = try await #require(throws: RunError.self) {
      try await bench.flow().stage(bench.request(window: .day(day("2025-12-13"))))
    }
    let again = try await bench.publish(bench.request())

    #expect(other.code == .signalsConflict)
    #expect(without.code == .signalsConflict)
    #expect(again.staged.signals == SignalsReceipt(written: 0, duplicatesSkipped: stored.count))
    #expect(try bench.storedSignals() == stored)
    #expect(stored.count >= 2)
  }

  @Test func `what a crashed attempt left in the staging directory does not reach the run`() async throws {
    let bench = try RunBench()
    try bench.directory.write("left", to: "artifacts/prepaper/.staging/run-1.0/plan.json")
    try bench.directory.write("left", to: "artifacts/prepaper/.staging/run-1.0/bars/OLD.M1.csv")

    let run = try await bench.publish(bench.request())

    #expect(
      try bench.tree(run.path) == [
        "bars", "bars/HOOD.M1.csv", "plan.json", "report.html", "run_manifest.json", "run_meta.json",
        "signals_export.json",
      ])
  }

  @Test func `a run that another process is staging is busy, and its files stay`() async throws {
    let bench = try RunBench()
    let other = try StagingDirectory(root: ArtifactsRoot(path: bench.root), runID: run("run-1"), attempt: 0)
    _ = try other.files.write([1, 2, 3], to: "plan.json")

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(bench.request()) }

    #expect(error.code == .storeBusy)
    #expect(try bench.made().contains("prepaper/.staging/run-1.0/plan.json"))
    #expect(try bench.storedSignals() == [])
    try other.staged.discard()
  }

  @Test(arguments: [RunStage.manifest, .bars, .gate, .features, .strategy, .plan, .files, .proof, .report])
  func `a cancelled run stops at the end of its stage and leaves nothing`(stage: RunStage) async throws {
    let bench = try RunBench()
    let recorder = EventRecorder()
    let flow = bench.flow { event in
      recorder.observe(event)
      if event == .stage(stage) { unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() } }
    }
    let request = try bench.request()

    let attempt = Task { try await flow.stage(request) }

    await #expect(throws: CancellationError.self) { try await attempt.value }
    let begun = recorder.events.compactMap { event in
      if case .stage(let stage) = event { stage } else { nil }
    }
    #expect(begun.last == stage)
    #expect(try bench.made().filter { $0 != "prepaper" && $0 != "prepaper/.staging" } == [])
    #expect(try bench.storedSignals() == [])
  }

  @Test func `a run that is cancelled before it begins does nothing`() async throws {
    let bench = try RunBench()
    let before = try bench.tree(bench.directory.path)
    let recorder = EventRecorder()
    let flow = bench.flow(observe: recorder.observe)
    let request = try bench.request()

    let attempt = Task {
      unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
      return try await flow.stage(request)
    }

    await #expect(throws: CancellationError.self) { try await attempt.value }
    #expect(!recorder.events.contains(.stage(.manifest)))
    #expect(try bench.tree(bench.directory.path) == before)
  }

  @Test func `a run that is cancelled while it writes its signals comes to its end`() async throws {
    let bench = try RunBench()
    let flow = bench.flow { event in
      if event == .stage(.signals) { unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() } }
    }
    let request = try bench.request()

    let staged = try await Task { try await flow.stage(request) }.value

    #expect(staged.signals.written >= 2)
    #expect(try bench.storedSignals().count == staged.signals.written)
    #expect(try bench.made().contains("prepaper/.staging/run-1.0/run_manifest.json"))
  }
}
