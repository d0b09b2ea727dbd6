import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData
import PrepaperPipeline
import PrepaperRun
import PrepaperSignals
import PrepaperTestSupport
import Testing

/// How a run's plan depends on its warm-up.
@Suite struct SensitivityTests {
  private func sensitivity(
    _ bench: RunBench, _ service: (any MarketDataService)? = nil, strategies: any StrategyLookup = BuiltInLookup()
  ) async throws -> WarmUpSensitivity {
    let scratch = "\(bench.directory.path)/scratch"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    return try await WarmUpSensitivity(
      of: run("run-1"), in: ArtifactsRoot(path: bench.root), service: service ?? bench.fake, strategies: strategies,
      clock: bench.clock, scratch: scratch
    ) { _ in }
  }

  @Test func `a strategy whose memory is shorter than its warm-up plans the same with more`() async throws {
    let bench = try RunBench()
    let run = try await bench.publish(bench.request())
    let before = try bench.storedSignals()

    let sensitivity = try await sensitivity(bench)

    #expect(sensitivity.variants.map(\.status) == ["same", "same", "same"])
    #expect(sensitivity.variants.map(\.warmUpBars) == [72, 144, 288])
    #expect(sensitivity.json.at("variants.2.same") == .integer(Int64(try run.json("plan.json").list("orders").count)))
    #expect(try bench.storedSignals() == before)
  }

  @Test func `a strategy that remembers everything plans otherwise, and each order is told`() async throws {
    let bench = try RunBench()
    let strategy = ScriptedStrategy(.remembersAll)
    let run = try await bench.publish(bench.request(), bench.flow(strategies: strategy))
    let orders = try run.json("plan.json").list("orders")

    let json = try await sensitivity(bench, strategies: strategy).json

    #expect(json.list("variants").map { $0["status"] } == [.string("same"), .string("differs"), .string("differs")])
    #expect(json.at("variants.1.changed")?.items.count == orders.count)
    #expect(json.at("variants.1.changed.0.changes.0.path") == .string("entry_price"))
    #expect(json.at("variants.1.changed.0.order") == orders.first)
  }

  @Test func `bars that the source does not have are told, and so is another source`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-10T00:00:00Z", "2025-12-16T00:00:00Z")
    _ = try await bench.publish(bench.request(), bench.flow(bench.files()))

    let sensitivity = try await sensitivity(bench, bench.files())
    let error = await #expect(throws: RunError.self) {
      try await self.sensitivity(RunBench.copy(of: bench), bench.fake)
    }

    #expect(sensitivity.variants.map(\.status) == ["same", "not_available", "not_available"])
    #expect(sensitivity.json.at("variants.1.reason")?.stringValue?.contains("expected") == true)
    #expect(error?.code == .paramsInvalid)
    #expect(error?.message.contains("the run's bars are of real/csv, those of the settings of fake/synthetic") == true)
  }

  @Test func `a run that cannot be set up is an error, and no table of what is not available`() async throws {
    struct Refusal: StrategyLookup {
      func runner(
        key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
      ) throws(RunError) -> any StrategyRunner { throw RunError(.paramsInvalid, "not these parameters any more") }
    }
    let bench = try RunBench()
    _ = try await bench.publish(bench.request())

    let error = await #expect(throws: RunError.self) { try await sensitivity(bench, strategies: Refusal()) }

    #expect(error == RunError(.paramsInvalid, "not these parameters any more"))
  }

  @Test func `an amendment adds its file to the list and leaves the rest as it is`() async throws {
    let bench = try RunBench()
    let run = try await bench.publish(bench.request())
    let definition = try run.definition()
    let plain = String(decoding: try run.bytes("report.html"), as: UTF8.self)
    #expect(!plain.contains("Sensitivity to the warm-up"))
    let sensitivity = try await sensitivity(bench)
    let amendment = RunAmendment(
      try PrepaperRunTests.run("run-1"), in: ArtifactsRoot(path: bench.root), archive: bench.archive)

    let first = try amendment.publish(.sensitivity, .value(sensitivity.json), isListed: true)
    let second = try amendment.publish(.sensitivity, .value(sensitivity.json), isListed: true)

    #expect(first == run.path)
    #expect(second == run.path)
    #expect(try run.definition() == definition)
    let listed = try run.json("run_meta.json").list("artifacts").compactMap { $0["path"]?.stringValue }
    #expect(listed.count { $0 == "sensitivity.json" } == 1)
    #expect(try run.json("sensitivity.json") == sensitivity.json)
    let verifier = RunVerifier(root: ArtifactsRoot(path: bench.root)) { run, _ throws(RunError) in
      ("signals", try bench.signals.signals(SignalsQuery(runID: run)))
    }
    let checks = try #require(try await verifier.checks(of: PrepaperRunTests.run("run-1")))
    #expect(checks.filter { !$0.holds } == [])
    #expect(checks.contains { $0.name == "sensitivity.json" })
    let report = String(decoding: try run.bytes("report.html"), as: UTF8.self)
    #expect(report.contains("Sensitivity to the warm-up"))
    #expect(try bench.made().filter { $0.hasPrefix("prepaper/.staging/") } == [])
  }
}

extension RunBench {
  /// The same bench, whose scratch directory is not used yet.
  fileprivate static func copy(of bench: RunBench) throws -> RunBench {
    try FileManager.default.removeItem(atPath: "\(bench.directory.path)/scratch")
    return bench
  }
}
