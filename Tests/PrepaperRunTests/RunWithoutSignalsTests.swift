import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// Runs whose history does not suffice: they come to their end, and the strategy has not run.
@Suite struct RunWithoutSignalsTests {
  /// SHA-256 of the plan without orders, from an independent implementation.
  static let emptyPlan = "4c300b08229a3614317cc7df226b5eb928c0553bce795accc5ad0d10f3f2c7bc"

  @Test func `a hole in the history gives an empty plan, the reason and its numbers`() async throws {
    let bench = try RunBench()
    try await bench.writeBars(
      "2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z", without: hole("15:00", "15:20"))

    let run = try await bench.publish(bench.request(), bench.flow(bench.files()))

    let reason =
      "expected 1470 M1 bars of HOOD from 2025-12-10T16:00:00Z to 2025-12-15T21:00:00Z, missing 20: "
      + "[2025-12-15T15:00:00Z (20)]"
    let manifest = try run.manifest
    #expect(run.staged.status == .noSignals)
    #expect(run.staged.reason == reason)
    #expect(run.staged.planHash == Self.emptyPlan)
    #expect(sha256Hex(try run.bytes("plan.json")) == Self.emptyPlan)
    #expect(manifest.at("outputs.plan_hash") == .string(Self.emptyPlan))
    #expect(manifest.at("outputs.orders_count") == .integer(0))
    #expect(manifest.at("result.status") == .string("NO_SIGNALS"))
    #expect(manifest.at("result.reason") == .string(reason))
    #expect(manifest.at("history.status") == .string("DEGRADED"))
    #expect(manifest.at("history.expected_bars") == .integer(1470))
    #expect(manifest.at("history.present_bars") == .integer(1450))
    #expect(manifest.at("history.holes.0.bars") == .integer(20))
    #expect(manifest.at("history.holes.0.class") == .string("missing"))
    #expect(try run.json("run_meta.json").at("status") == .string("NO_SIGNALS"))
    #expect(
      try run.json("run_meta.json").stages == [
        "manifest", "bars", "gate", "plan", "files", "proof", "report", "signals",
      ])
    #expect(try bench.storedSignals() == [])
    #expect(run.staged.signals == SignalsReceipt(written: 0, duplicatesSkipped: 0))
  }

  @Test func `warm-up that the file does not have gives no signals`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-11T00:00:00Z", "2025-12-16T00:00:00Z")

    let run = try await bench.publish(bench.request(), bench.flow(bench.files()))

    #expect(run.staged.status == .noSignals)
    #expect(run.staged.reason?.contains("missing 300: [2025-12-10T16:00:00Z (300)]") == true)
  }

  @Test func `minutes without a trade are no loss`() async throws {
    let bench = try RunBench()
    try await bench.writeBars(
      "2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z", without: hole("15:00", "15:14"))

    let run = try await bench.publish(bench.request(), bench.flow(bench.files()))

    #expect(run.staged.status == .success)
    #expect(try run.manifest.at("history.holes.0.class") == .string("no_trade"))
    #expect(try run.manifest.at("history.present_bars") == .integer(1456))
  }

  @Test(arguments: ["2025-12-13", "2025-12-25"])
  func `a window without a session gives no signals`(date: String) async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request(window: .day(day(date))))

    #expect(run.staged.status == .noSignals)
    #expect(run.staged.reason?.hasPrefix("calendar XNYS has no session in the window \(date)T05:00:00Z to ") == true)
    #expect(run.staged.planHash == Self.emptyPlan)
  }

  @Test func `a run without signals gives way to one with them`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-12T00:00:00Z", "2025-12-16T00:00:00Z")
    let before = try await bench.publish(bench.request(), bench.flow(bench.files()))
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")

    let after = try await bench.publish(bench.request(), bench.flow(bench.files()))

    #expect(before.staged.status == .noSignals)
    #expect(after.staged.status == .success)
    #expect(after.path == before.path)
    #expect(try after.manifest.at("result.status") == .string("SUCCESS"))
    #expect(try bench.storedSignals().count == after.staged.signals.written)
    #expect(after.staged.signals.written >= 2)
    #expect(try bench.tree(bench.root + "/prepaper/.staging") == [])
  }

  private func hole(_ from: String, _ to: String) throws -> TimeSpan {
    TimeSpan(from: try instant("2025-12-15T\(from):00Z"), to: try instant("2025-12-15T\(to):00Z"))
  }
}
