import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct ArtifactsRootTests {
  @Test func `a run has its directory, an attempt its staging`() throws {
    let root = ArtifactsRoot(path: "/a")
    let runID = try #require(RunID("run-1"))

    #expect(root.runDirectory(runID) == "/a/prepaper/run-1")
    #expect(root.stagingDirectory(runID, attempt: 3) == "/a/prepaper/.staging/run-1.3")
  }

  @Test func `a backtest of either shape is read from its folder`() throws {
    // Given both in one root
    let directory = try TemporaryDirectory()
    let root = ArtifactsRoot(path: directory.path)
    try directory.write(SampleManifests.firstFull, to: "backtests/\(SampleManifests.firstID)/run_manifest.json")
    try directory.write(SampleManifests.secondFull, to: "backtests/\(SampleManifests.secondID)/run_manifest.json")
    try directory.write(
      #"{"run_id": "\#(SampleManifests.secondID)", "status": "failed"}"#,
      to: "backtests/\(SampleManifests.secondID)/run_result.json")

    // When they are asked for
    let first = try root.backtest(try #require(RunID(SampleManifests.firstID)))
    let second = try root.backtest(try #require(RunID(SampleManifests.secondID)))

    // Then each is what its files say
    #expect(first == (try SampleManifests.first(SampleManifests.json(SampleManifests.firstFull))))
    #expect(first.isApproved)
    #expect(second.strategyKey == "inside_bar")
    #expect(second.status == "failed")
  }

  @Test func `a backtest that is not there is not found`() throws {
    let directory = try TemporaryDirectory()

    let error = #expect(throws: RunError.self) {
      try ArtifactsRoot(path: directory.path).backtest(try #require(RunID("nowhere")))
    }

    #expect(
      error
        == RunError(
          .manifestNotFound,
          "cannot read \(directory.path)/backtests/nowhere/run_manifest.json of backtest nowhere: No such file or "
            + "directory; check --backtest-run-id and --artifacts-root"))
  }

  @Test func `a second shape without its result is not found`() throws {
    let directory = try TemporaryDirectory()
    let id = SampleManifests.secondID
    try directory.write(SampleManifests.secondFull, to: "backtests/\(id)/run_manifest.json")

    let error = #expect(throws: RunError.self) {
      try ArtifactsRoot(path: directory.path).backtest(try #require(RunID(id)))
    }

    #expect(error?.code == .manifestNotFound)
    #expect(error?.message.contains("backtests/\(id)/run_result.json of backtest \(id)") == true)
  }

  @Test(arguments: [
    ("{\"identity\": {},\n \"params\": {]}", "line 2, column 13: a key in quotes should be here"),
    ("", "line 1, column 1: the text ends where a value should be"),
    ("{\"params\": {\"a\": NaN}}", "line 1, column 18: no value begins like this"),
  ])
  func `a manifest that is not JSON is named with its place`(text: String, problem: String) throws {
    let directory = try TemporaryDirectory()
    try directory.write(text, to: "backtests/b/run_manifest.json")

    let error = #expect(throws: RunError.self) {
      try ArtifactsRoot(path: directory.path).backtest(try #require(RunID("b")))
    }

    #expect(
      error
        == RunError(
          .manifestInvalid, "\(directory.path)/backtests/b/run_manifest.json is not JSON: \(problem)"))
  }

  @Test func `a manifest that is a directory cannot be read`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "backtests/b/run_manifest.json/file")

    let error = #expect(throws: RunError.self) {
      try ArtifactsRoot(path: directory.path).backtest(try #require(RunID("b")))
    }

    #expect(error?.code == .manifestNotFound)
    #expect(error?.message.contains("Is a directory") == true)
  }

  @Test func `a published file is read, and one that is not there is none`() throws {
    let directory = try TemporaryDirectory()
    let root = ArtifactsRoot(path: directory.path)
    let runID = try #require(RunID("run-1"))
    // Longer than what is read at once.
    let plan = String(repeating: "0123456789abcdef", count: 10_000)
    try directory.write(plan, to: "prepaper/run-1/plan.json")

    #expect(try root.published("plan.json", of: runID) == Array(plan.utf8))
    #expect(try root.published("run_manifest.json", of: runID) == nil)
    #expect(try root.published("plan.json/x", of: runID) == nil)
    #expect(try root.published("plan.json", of: try #require(RunID("run-2"))) == nil)
  }

  @Test func `a published file that cannot be read is an error`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "prepaper/run-1/plan.json/file")

    let error = #expect(throws: RunError.self) {
      try ArtifactsRoot(path: directory.path).published("plan.json", of: try #require(RunID("run-1")))
    }

    #expect(error?.code == .cannotWrite)
    #expect(error?.message == "cannot read \(directory.path)/prepaper/run-1/plan.json: Is a directory")
  }
}
