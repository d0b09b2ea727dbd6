import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct RunMetaTests {
  @Test func `the record of an execution has everything that may differ`() throws {
    // Given a run of two stages, one order and one reject
    let start = try #require(UTCTimestamp(rfc3339: "2025-12-15T22:00:00.250Z"))
    let symbol = try #require(Symbol("HOOD"))
    let signal = Signal(time: start, symbol: symbol, side: .buy, entryPrice: 1, evidence: ["atr": .double(0.5)])
    let reject = Reject(time: start, symbol: symbol, reason: "mother_too_small", numbers: [:])
    let meta = RunMeta(
      execution: RunExecution(
        jobID: 7, attempt: 2, worker: "w1", host: "h1", processID: 4711, versions: ["sqlite": "3.40.1"]),
      runID: try #require(RunID("run-1")), status: .success, startedAt: start, finishedAt: start + .milliseconds(1500),
      stages: [
        RunMeta.Stage(stage: .bars, duration: .milliseconds(500), bars: 1000),
        RunMeta.Stage(stage: .manifest, duration: .zero, bars: 10),
        RunMeta.Stage(stage: .plan, duration: .seconds(1), bars: nil),
      ],
      backtestCommit: "0123abc", manifestHash: "f00d",
      artifacts: [ArtifactFile(path: "plan.json", bytes: 7, sha256: "aa")],
      signals: SignalsReceipt(written: 1, duplicatesSkipped: 3),
      orders: [Order(signal: signal, strategyKey: "k", idempotencyKey: "key1")], rejects: [reject],
      lookahead: .object(["status": .string("holds")]))

    // When it is written
    guard case .object(var members) = meta.document.json else { return }
    let hash = members.removeValue(forKey: "meta_hash")
    let json = JSONValue.object(members)

    // Then it has all of it
    #expect(
      json
        == .object([
          "schema_version": .string("1.0.0"), "run_id": .string("run-1"), "status": .string("SUCCESS"),
          "started_at": .string("2025-12-15T22:00:00.250Z"), "finished_at": .string("2025-12-15T22:00:01.750Z"),
          "duration_seconds": .double(1.5),
          "stages": .array([
            stage("bars", 0.5, .integer(1000), .double(2000)), stage("manifest", 0, .integer(10), .null),
            stage("plan", 1, .null, .null),
          ]),
          "execution": .object([
            "job_id": .integer(7), "attempt": .integer(2), "worker": .string("w1"), "host": .string("h1"),
            "pid": .integer(4711), "versions": .object(["sqlite": .string("3.40.1")]),
          ]),
          "backtest_commit": .string("0123abc"), "manifest_hash": .string("f00d"),
          "artifacts": .array([
            .object(["path": .string("plan.json"), "bytes": .integer(7), "sha256": .string("aa")])
          ]),
          "signals": .object(["written": .integer(1), "duplicates_skipped": .integer(3)]),
          "evidence": .object(["key1": .object(["atr": .double(0.5)])]), "rejects": .array([reject.json]),
          "revisions": .array([]), "lookahead": .object(["status": .string("holds")]),
        ]))
    // And the hash of all the rest
    #expect(hash == .string(sha256Hex(CanonicalJSON.pretty(json))))
  }

  @Test func `a run outside the queue has no job`() {
    let execution = RunExecution(jobID: nil, attempt: nil, worker: nil, host: "h", processID: 1, versions: [:])

    #expect(
      execution.json
        == .object([
          "job_id": .null, "attempt": .null, "worker": .null, "host": .string("h"), "pid": .integer(1),
          "versions": .object([:]),
        ]))
  }

  private func stage(_ name: String, _ seconds: Double, _ bars: JSONValue, _ speed: JSONValue) -> JSONValue {
    .object(["stage": .string(name), "seconds": .double(seconds), "bars": bars, "bars_per_second": speed])
  }
}
