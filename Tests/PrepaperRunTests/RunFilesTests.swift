import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// What a run that succeeds leaves behind.
@Suite struct RunFilesTests {
  @Test func `a run leaves its six files, and nothing beside them`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    #expect(run.path == "\(bench.root)/prepaper/run-1")
    #expect(
      try bench.made() == [
        "prepaper", "prepaper/.staging", "prepaper/run-1", "prepaper/run-1/bars",
        "prepaper/run-1/bars/HOOD.M1.csv", "prepaper/run-1/plan.json", "prepaper/run-1/report.html",
        "prepaper/run-1/run_manifest.json",
        "prepaper/run-1/run_meta.json", "prepaper/run-1/signals_export.json",
      ])
    #expect(run.staged.status == .success)
    #expect(run.staged.isSynthetic)
    #expect(run.staged.reason == nil)
  }

  @Test func `nothing is to be seen before the publication but the signals`() async throws {
    let bench = try RunBench()

    let staged = try await bench.flow().stage(bench.request())

    #expect(try bench.made().filter { !$0.hasPrefix("prepaper/.staging/") } == ["prepaper", "prepaper/.staging"])
    #expect(try bench.storedSignals().count == staged.signals.written)
  }

  @Test func `every hash of the manifest is that of the file it names`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    let manifest = try run.manifest
    let bars = try run.bytes("bars/HOOD.M1.csv")
    #expect(manifest.at("outputs.plan_hash")?.stringValue == sha256Hex(try run.bytes("plan.json")))
    #expect(
      manifest.at("outputs.signals_export_hash")?.stringValue == sha256Hex(try run.bytes("signals_export.json")))
    #expect(manifest.at("inputs.bars.0.sha256")?.stringValue == sha256Hex(bars))
    #expect(manifest.at("inputs.bars.0.path")?.stringValue == "bars/HOOD.M1.csv")
    #expect(manifest.at("inputs.bars.0.rows") == .integer(Int64(bars.count { $0 == 0x0a } - 1)))
    #expect(manifest.at("inputs.marketdata_data_hash")?.stringValue == sha256Hex("HOOD \(sha256Hex(bars))\n"))
    #expect(
      manifest.at("inputs.backtest_manifest_hash")?.stringValue
        == sha256Hex(CanonicalJSON.compact(Backtest().json)))
    #expect(run.staged.planHash == sha256Hex(try run.bytes("plan.json")))
    for file in run.staged.files {
      let bytes = try run.bytes(file.path)
      #expect(file == ArtifactFile(path: file.path, bytes: bytes.count, sha256: sha256Hex(bytes)))
    }
    #expect(run.staged.files.count == 6)
  }

  @Test func `plan, export and signals store have the same orders`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    let orders = try run.json("plan.json").at("orders")?.items ?? []
    let exported = try run.json("signals_export.json").at("signals")?.items ?? []
    let payloads = exported.compactMap { $0.at("payload") }
    let stored = try bench.storedSignals()
    #expect(orders.count >= 2)
    #expect(Set(payloads) == Set(orders))
    #expect(exported.map { $0.at("idempotency_key")?.stringValue } == stored.map(\.idempotencyKey))
    #expect(exported.map { $0.at("ts")?.stringValue } == stored.map(\.time.iso8601))
    #expect(exported.map { $0.at("symbol")?.stringValue } == stored.map(\.symbol.description))
    #expect(exported.map { $0.at("source_tag")?.stringValue } == stored.map(\.sourceTag))
    #expect(payloads.map { CanonicalJSON.compactText($0) } == stored.map(\.payloadJSON))
    #expect(try run.manifest.at("outputs.orders_count") == .integer(Int64(orders.count)))
    #expect(try run.manifest.at("outputs.signals_count") == .integer(Int64(stored.count)))
    #expect(run.staged.signals == SignalsReceipt(written: stored.count, duplicatesSkipped: 0))
  }

  @Test func `every file of JSON is canonical`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    for file in ["plan.json", "run_manifest.json", "run_meta.json", "signals_export.json"] {
      #expect(try CanonicalJSON.pretty(run.json(file)) == run.bytes(file), "\(file)")
    }
  }

  @Test func `the bars file has what the run saw, warm-up included`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    let lines = String(decoding: try run.bytes("bars/HOOD.M1.csv"), as: UTF8.self).split(separator: "\n")
    // 72 bars of a quarter of an hour, the day itself, and the header.
    #expect(lines.count == 1471)
    #expect(lines.first == "ts,open,high,low,close,volume")
    #expect(lines.dropFirst().first?.prefix(20) == "2025-12-10T16:00:00Z")
    #expect(lines.last?.prefix(20) == "2025-12-15T20:59:00Z")
  }

  @Test func `the meta file tells of the execution by the clock that is handed in`() async throws {
    let bench = try RunBench()
    let execution = RunExecution(
      jobID: 7, attempt: 2, worker: "w-1", host: "one", processID: 42, versions: ["sqlite": "3.40.1"])
    let flow = bench.flow(execution: execution) { [clock = bench.clock] event in
      if case .barsLoaded = event { clock.advance(by: .seconds(2)) }
      if case .signalsWritten = event { clock.advance(by: .milliseconds(500)) }
    }

    let run = try await bench.publish(bench.request(), flow)

    let meta = try run.json("run_meta.json")
    let written = try bench.storedSignals().count
    #expect(meta.at("run_id")?.stringValue == "run-1")
    #expect(meta.at("status")?.stringValue == "SUCCESS")
    #expect(meta.at("started_at")?.stringValue == "2026-01-05T08:00:00Z")
    #expect(meta.at("finished_at")?.stringValue == "2026-01-05T08:00:02.500Z")
    #expect(meta.at("duration_seconds") == .double(2.5))
    #expect(
      meta.stages == [
        "manifest", "bars", "gate", "features", "strategy", "plan", "files", "proof", "report", "signals",
      ])
    #expect(meta.at("stages.1.seconds") == .double(2))
    #expect(meta.at("stages.1.bars") == .integer(1470))
    #expect(meta.at("stages.1.bars_per_second") == .double(735))
    #expect(meta.at("stages.2.seconds") == .double(0))
    #expect(meta.at("stages.2.bars_per_second") == .null)
    #expect(meta.at("execution") == execution.json)
    #expect(meta.at("execution.job_id") == .integer(7))
    #expect(meta.at("backtest_commit")?.stringValue == "c0ffee")
    #expect(meta.at("signals.written") == .integer(Int64(written)))
    #expect(meta.at("signals.duplicates_skipped") == .integer(0))
    let artifacts = meta.at("artifacts")?.items.compactMap { $0["path"]?.stringValue } ?? []
    #expect(
      artifacts.sorted() == [
        "bars/HOOD.M1.csv", "plan.json", "report.html", "run_manifest.json", "signals_export.json",
      ])
    guard case .object(let evidence)? = meta.at("evidence") else { throw NotReadable(text: "evidence") }
    let keys = try bench.storedSignals().map(\.idempotencyKey)
    #expect(evidence.keys.sorted() == keys.sorted())
  }
}
