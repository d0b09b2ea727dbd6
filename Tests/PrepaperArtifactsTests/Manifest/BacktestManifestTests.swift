import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct BacktestManifestTests {
  @Test(arguments: [
    ("success", true), ("SUCCESS", true), ("Success", true), ("failed", false), ("partial_success", false),
    ("success ", false), ("error", false),
  ])
  func `only success is approved`(status: String, isApproved: Bool) throws {
    // Given both shapes with that status
    let first = try SampleManifests.json(SampleManifests.firstFull)
      .replacing("result.run_status", with: .string(status))
    let second = try SampleManifests.json(SampleManifests.secondFull)
    let result = try SampleManifests.json(SampleManifests.secondResult)
      .replacing("status", with: .string(status))

    // Then they are read, and say whether they may be used
    #expect(try SampleManifests.first(first).isApproved == isApproved)
    #expect(try SampleManifests.second(second, result: result).isApproved == isApproved)
  }

  @Test func `a manifest in the folder of another run is refused`() throws {
    let other = try #require(RunID("other"))
    let json = try SampleManifests.json(SampleManifests.firstMinimal)

    let error = #expect(throws: RunError.self) {
      try BacktestManifest(json: json, directory: other) { () throws(RunError) in .null }
    }

    #expect(
      error
        == RunError(
          .manifestInvalid,
          "run_manifest.json of backtest other: run id is \(SampleManifests.firstID), but the manifest stands in the "
            + "folder of other"))
  }

  @Test func `with both an identity and a run id the first shape is meant`() throws {
    let json = try SampleManifests.json(SampleManifests.firstMinimal).replacing("run_id", with: .string("other"))

    #expect(try SampleManifests.first(json).runID.description == SampleManifests.firstID)
  }

  @Test(arguments: [
    // A day counts to its end in New York, a time without a zone is New York's.
    ("2025-12-12", "2025-12-13T05:00:00Z"), ("2025-07-03", "2025-07-04T04:00:00Z"),
    ("2025-11-01", "2025-11-02T04:00:00Z"), ("2025-12-11T21:00:00Z", "2025-12-11T21:00:00Z"),
    ("2025-12-11T16:00:00-05:00", "2025-12-11T21:00:00Z"), ("2025-12-11T16:00:00", "2025-12-11T21:00:00Z"),
    ("2025-07-03 13:00:00", "2025-07-03T17:00:00Z"),
  ])
  func `the end of the data is a day or a time`(text: String, end: String) throws {
    let json = try SampleManifests.json(SampleManifests.firstFull)
      .replacing("data.effective_range.end_ts", with: .string(text))

    #expect(try SampleManifests.first(json).seenUntil == UTCTimestamp(rfc3339: end))
  }

  @Test func `without an effective range the requested end counts`() throws {
    let json = try SampleManifests.json(SampleManifests.firstFull).replacing("data.effective_range", with: .null)

    #expect(try SampleManifests.first(json).seenUntil == UTCTimestamp(rfc3339: "2025-12-13T05:00:00Z"))
  }

  @Test(arguments: ["M1", "M5", "M15"])
  func `a base that divides the timeframe is taken`(base: String) throws {
    let json = try SampleManifests.json(SampleManifests.firstFull)
      .replacing("data.base_tf_used", with: .string(base))

    #expect(try SampleManifests.first(json).baseTimeframe?.rawValue == base)
  }
}
