import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct BacktestManifestSecondShapeTests {
  static let file = "run_manifest.json of backtest \(SampleManifests.secondID)"

  @Test func `the least that a manifest must have is enough`() throws {
    let manifest = try SampleManifests.second(SampleManifests.json(SampleManifests.secondMinimal))

    #expect(manifest.runID.description == SampleManifests.secondID)
    #expect(manifest.isApproved)
    #expect(manifest.strategyKey == "inside_bar")
    #expect(manifest.strategyVersion == "2.0.0")
    #expect(manifest.parameters.isEmpty)
    #expect(manifest.symbols.map(\.description) == ["SPY"])
    #expect(manifest.timeframe == .m5)
    #expect(manifest.baseTimeframe == nil)
    #expect(manifest.seenUntil == nil)
    #expect(manifest.requiredWarmUpBars == 0)
    #expect(manifest.commitHash == nil)
  }

  @Test func `a full manifest gives all that it says, without the names of the data`() throws {
    let json = try SampleManifests.json(SampleManifests.secondFull)

    let manifest = try SampleManifests.second(json)

    #expect(manifest.parameters == ["atr_period": .integer(20)])
    #expect(manifest.requiredWarmUpBars == 120)
    #expect(manifest.seenUntil == UTCTimestamp(rfc3339: "2025-12-11T00:00:00-05:00"))
    #expect(manifest.digest == sha256Hex(CanonicalJSON.compact(json)))
  }

  @Test(arguments: [
    (
      "params",
      "params.strategy_id, params.strategy_version, params.strategy_params, params.strategy_params.symbol and "
        + "params.strategy_params.timeframe are"
    ), ("params.strategy_id", "params.strategy_id is"), ("params.strategy_version", "params.strategy_version is"),
    (
      "params.strategy_params",
      "params.strategy_params, params.strategy_params.symbol and params.strategy_params.timeframe are"
    ), ("params.strategy_params.symbol", "params.strategy_params.symbol is"),
    ("params.strategy_params.timeframe", "params.strategy_params.timeframe is"),
  ])
  func `what is missing is named`(path: String, named: String) throws {
    let json = try SampleManifests.json(SampleManifests.secondFull).replacing(path, with: nil)

    let error = #expect(throws: RunError.self) { try SampleManifests.second(json) }

    #expect(error == RunError(.manifestInvalid, "\(Self.file): \(named) missing"))
  }

  @Test func `without its run id it is taken for the first shape`() throws {
    let json = try SampleManifests.json(SampleManifests.secondFull).replacing("run_id", with: nil)

    let error = #expect(throws: RunError.self) { try SampleManifests.second(json) }

    #expect(
      error
        == RunError(
          .manifestInvalid,
          "\(Self.file): identity.run_id, strategy.key, strategy.impl_version, data.symbol, data.requested_tf and "
            + "result.run_status are missing"))
  }

  @Test(arguments: ["params.strategy_meta", "params.strategy_params.requested_end", "config", "hashes"])
  func `what a run does not need may be missing`(path: String) throws {
    let json = try SampleManifests.json(SampleManifests.secondFull).replacing(path, with: nil)

    #expect(try SampleManifests.second(json).symbols.map(\.description) == ["SPY"])
  }

  @Test(arguments: [
    ("run_id", JSONValue.integer(1), "run_id must be an id, [A-Za-z0-9][A-Za-z0-9._-]{0,127}, is 1"),
    ("params.strategy_params", .array([]), "params.strategy_params must be an object, is a list"),
    (
      "params.strategy_params.timeframe", .string("3m"),
      "params.strategy_params.timeframe must be one of M1, M5, M15, M30, H1, D1, is '3m'"
    ),
    (
      "params.strategy_params.requested_end", .string("soon"),
      "params.strategy_params.requested_end must be a day (YYYY-MM-DD) or a time, is 'soon'"
    ),
    ("params.strategy_meta", .array([]), "params.strategy_meta must be an object, is a list"),
    (
      "params.strategy_meta.required_warmup_bars", .integer(-1),
      "params.strategy_meta.required_warmup_bars must lie in 0…1000000, is -1"
    ),
    (
      "params.strategy_meta.required_warmup_bars", .double(0.5),
      "params.strategy_meta.required_warmup_bars must be a whole number, is 0.5"
    ),
    (
      "params.strategy_meta.required_warmup_bars", .integer(1_000_001),
      "params.strategy_meta.required_warmup_bars must lie in 0…1000000, is 1000001"
    ),
    (
      "params.strategy_meta.required_warmup_bars", .string("9"),
      "params.strategy_meta.required_warmup_bars must be a whole number, is text"
    ),
  ])
  func `what is of the wrong kind is named`(path: String, value: JSONValue, problem: String) throws {
    let json = try SampleManifests.json(SampleManifests.secondFull).replacing(path, with: value)

    let error = #expect(throws: RunError.self) { try SampleManifests.second(json) }

    #expect(error == RunError(.manifestInvalid, "\(Self.file): \(problem)"))
  }

  @Test(arguments: [
    ("{}", "run_id and status are missing"),
    (#"{"run_id": "R", "status": 1}"#, "status must be text, is a number"),
    (#"{"run_id": "R", "status": ""}"#, "status must not be empty"), ("[]", "must be an object, is a list"),
    (#"{"status": "success"}"#, "run_id is missing"),
    (
      #"{"run_id": "OTHER", "status": "success"}"#,
      "run_id is OTHER, but the manifest beside it is that of \(SampleManifests.secondID)"
    ),
  ])
  func `a result that says nothing of this run is refused`(result: String, problem: String) throws {
    let json = try SampleManifests.json(SampleManifests.secondFull)

    let error = #expect(throws: RunError.self) {
      try SampleManifests.second(json, result: SampleManifests.json(result))
    }

    #expect(
      error == RunError(.manifestInvalid, "run_result.json of backtest \(SampleManifests.secondID): \(problem)"))
  }
}
