import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// What is the same twice, and what may stand in the place of what.
@Suite struct RunRepeatTests {
  @Test func `a run that is repeated has the same bytes, and writes no signal twice`() async throws {
    let bench = try RunBench()
    let first = try await bench.publish(bench.request())
    let definition = try first.definition()
    let stored = try bench.storedSignals()

    let second = try await bench.publish(bench.request())

    #expect(try second.definition() == definition)
    #expect(try bench.storedSignals() == stored)
    #expect(first.staged.signals.written >= 2)
    #expect(
      second.staged.signals == SignalsReceipt(written: 0, duplicatesSkipped: first.staged.signals.written))
    #expect(try bench.tree(bench.root + "/prepaper/.staging") == [])
  }

  @Test func `when, where and by whom a run is executed does not change its definition`() async throws {
    let bench = try RunBench()
    let elsewhere = RunExecution(
      jobID: 12, attempt: 3, worker: "w-9", host: "other", processID: 99, versions: ["prepaper": "9"])
    let definition = try await bench.publish(bench.request()).definition()
    let later = ManualClock(try instant("2027-06-01T12:34:56Z"))

    let again = try await bench.publish(bench.request(), bench.flow(clock: later, execution: elsewhere))

    #expect(try again.definition() == definition)
    #expect(try again.json("run_meta.json").at("execution.host") == .string("other"))
    #expect(try again.json("run_meta.json").at("started_at") == .string("2027-06-01T12:34:56Z"))
  }

  @Test func `another artifacts root and signals store do not change a run's definition`() async throws {
    let one = try RunBench()
    let other = try RunBench()
    try other.write(Backtest(), in: "deep/down/in another place")
    let root = "\(other.directory.path)/deep/down/in another place"

    let definition = try await one.publish(one.request()).definition()
    let elsewhere = try await other.publish(other.request(root: root)).definition()

    #expect(elsewhere == definition)
  }

  @Test func `another run id is another run with the same orders`() async throws {
    let bench = try RunBench()
    let first = try await bench.publish(bench.request("run-1"))

    let second = try await bench.publish(bench.request("run-2"))

    #expect(try second.bytes("plan.json") == first.bytes("plan.json"))
    #expect(try second.bytes("run_manifest.json") != first.bytes("run_manifest.json"))
    #expect(second.staged.signals.written == first.staged.signals.written)
  }

  @Test func `a published run is not replaced by one of another window`() async throws {
    let bench = try RunBench()
    let first = try await bench.publish(bench.request())
    let definition = try first.definition()
    let meta = try first.bytes("run_meta.json")
    let stored = try bench.storedSignals()

    let error = try await #require(throws: RunError.self) {
      try await bench.flow().stage(bench.request(window: .day(day("2025-12-16"))))
    }

    #expect(error.code == .artifactConflict)
    #expect(error.message.contains("run run-1 is published in \(first.path) with another data.window.from"))
    #expect(try first.definition() == definition)
    #expect(try first.bytes("run_meta.json") == meta)
    #expect(try bench.storedSignals() == stored)
    #expect(try bench.tree(bench.root + "/prepaper/.staging") == [])
  }

  @Test func `a published run is not replaced by one without signals`() async throws {
    let bench = try RunBench()
    let first = try await bench.publish(bench.request())

    let error = try await #require(throws: RunError.self) {
      try await bench.flow().stage(bench.request(window: .day(day("2025-12-13"))))
    }

    #expect(error.code == .artifactConflict)
    #expect(try first.manifest.at("result.status") == .string("SUCCESS"))
  }

  @Test func `another version of prepaper alone is no other run`() async throws {
    let bench = try RunBench()
    let first = try await bench.publish(bench.request(), bench.flow(version: "0.1.0"))
    let plan = try first.bytes("plan.json")

    let second = try await bench.publish(bench.request(), bench.flow(version: "0.2.0"))

    #expect(try second.manifest.at("generator.version") == .string("0.2.0"))
    #expect(try second.bytes("plan.json") == plan)
    #expect(second.staged.signals.written == 0)
  }

  @Test(arguments: ["", "{\"result\":", "not json"])
  func `a published manifest that cannot be read is left to people`(text: String) async throws {
    let bench = try RunBench()
    let path = try bench.directory.write(text, to: "artifacts/prepaper/run-1/run_manifest.json")

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(bench.request()) }

    #expect(error.code == .artifactConflict)
    #expect(error.message.contains("\(path) is not JSON"))
    #expect(error.message.contains("move the directory away"))
    #expect(try bench.directory.read("artifacts/prepaper/run-1/run_manifest.json") == text)
    #expect(try bench.storedSignals() == [])
    #expect(try bench.tree(bench.root + "/prepaper/.staging") == [])
  }
}
