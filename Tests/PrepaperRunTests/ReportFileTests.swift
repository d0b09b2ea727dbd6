import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun
import PrepaperTestSupport
import Testing

/// `report.html` as runs leave it.
@Suite struct ReportFileTests {
  private func text(_ run: PublishedRun) throws -> String {
    String(decoding: try run.bytes("report.html"), as: UTF8.self)
  }

  @Test func `the same run leaves the same report, whenever and wherever it runs`() async throws {
    let (bench, other) = (try RunBench(), try RunBench())
    let window = try days("2025-12-08", "2025-12-13")

    let first = try await bench.publish(bench.request(window: window))
    let again = try await bench.publish(
      bench.request(window: window),
      bench.flow(clock: ManualClock(instant("2026-03-01T00:00:00Z")), execution: .onHost("two")))
    let elsewhere = try await other.publish(other.request(window: window))

    let report = try text(first)
    #expect(try text(again) == report)
    #expect(try text(elsewhere) == report)
    #expect(report.contains(sha256Hex(try first.bytes("run_manifest.json"))))
    #expect(report.contains("SYNTHETIC DATA"))
    let orders = try first.json("plan.json").list("orders")
    #expect(orders.count > 6)
    for order in orders { #expect(report.contains(order["idempotency_key"]?.stringValue ?? "none")) }
    #expect(report.contains("<svg"))
    #expect(!report.contains("<script"))
  }

  @Test func `a report made anew from the run's folder has the same bytes`() async throws {
    let bench = try RunBench()
    try bench.directory.write(
      "signal_ts,symbol,side,entry_price\n2025-12-09T17:00:00Z,HOOD,BUY,1.25\n",
      to: "artifacts/backtests/\(Backtest().runID)/events_intent.csv")
    let run = try await bench.publish(bench.request(window: days("2025-12-08", "2025-12-13")))
    let (report, meta) = (try run.bytes("report.html"), try run.json("run_meta.json"))
    let amendment = RunAmendment(
      try PrepaperRunTests.run("run-1"), in: ArtifactsRoot(path: bench.root), archive: bench.archive)

    _ = try amendment.publish(.drift, .value(run.json("drift.json")), isListed: true)

    #expect(try run.bytes("report.html") == report)
    let listed = { (meta: JSONValue) in Set(meta.list("artifacts")) }
    #expect(try listed(run.json("run_meta.json")) == listed(meta))
  }

  @Test func `a run without signals has a report that says why`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request(window: .day(day("2025-12-13"))))

    #expect(try text(run).contains("has no session in the window"))
    #expect(try !text(run).contains("<svg"))
  }

  @Test func `the drift from the backtest is in the report`() async throws {
    let bench = try RunBench()
    try bench.directory.write(
      "signal_ts,symbol,side,entry_price\n2025-12-15T17:00:00Z,HOOD,BUY,1.25\n",
      to: "artifacts/backtests/\(Backtest().runID)/events_intent.csv")

    let run = try await bench.publish(bench.request())

    #expect(try text(run).contains("<section id=\"drift\">"))
    #expect(try text(run).contains("1.25"))
  }
}
