import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct BacktestManifestFirstShapeTests {
  static let file = "run_manifest.json of backtest \(SampleManifests.firstID)"

  @Test func `the least that a manifest must have is enough`() throws {
    let manifest = try SampleManifests.first(SampleManifests.json(SampleManifests.firstMinimal))

    #expect(manifest.runID.description == SampleManifests.firstID)
    #expect(manifest.status == "success")
    #expect(manifest.isApproved)
    #expect(manifest.strategyKey == "insidebar_intraday")
    #expect(manifest.strategyVersion == "1.0.1")
    #expect(manifest.parameters.isEmpty)
    #expect(manifest.symbols.map(\.description) == ["HOOD"])
    #expect(manifest.timeframe == .m15)
    #expect(manifest.baseTimeframe == nil)
    #expect(manifest.seenUntil == nil)
    #expect(manifest.requiredWarmUpBars == 0)
    #expect(manifest.commitHash == nil)
  }

  @Test func `a full manifest gives all that it says`() throws {
    let json = try SampleManifests.json(SampleManifests.firstFull)

    let manifest = try SampleManifests.first(json)

    #expect(manifest.isApproved)
    #expect(
      manifest.parameters
        == ["atr_period": .integer(14), "min_mother_bar_size": .double(0.5), "symbol": .string("kept")])
    #expect(manifest.baseTimeframe == .m1)
    #expect(manifest.seenUntil == UTCTimestamp(rfc3339: "2025-12-11T21:00:00Z"))
    #expect(manifest.commitHash == "0123456789abcdef")
    #expect(manifest.digest == sha256Hex(CanonicalJSON.compact(json)))
  }

  @Test(arguments: [
    ("identity", "identity.run_id is"), ("identity.run_id", "identity.run_id is"),
    ("strategy", "strategy.key and strategy.impl_version are"), ("strategy.key", "strategy.key is"),
    ("strategy.impl_version", "strategy.impl_version is"), ("params", "params is"),
    ("data", "data.symbol and data.requested_tf are"), ("data.symbol", "data.symbol is"),
    ("data.requested_tf", "data.requested_tf is"), ("result", "result.run_status is"),
    ("result.run_status", "result.run_status is"),
  ])
  func `what is missing is named`(removed: String, named: String) throws {
    let json = try SampleManifests.json(SampleManifests.firstFull).replacing(removed, with: nil)

    let error = #expect(throws: RunError.self) { try SampleManifests.first(json) }

    #expect(error == RunError(.manifestInvalid, "\(Self.file): \(named) missing"))
  }

  @Test(
    arguments: [
      ("identity.timestamp_utc", nil), ("identity.commit_hash", .null), ("identity.market_tz", nil),
      ("identity.market_tz", .null), ("strategy.profile_version", nil), ("data.base_tf_used", .null),
      ("data.effective_range", .null), ("data.effective_range.end_ts", nil), ("data.requested_range", nil),
      ("data.inputs", nil), ("gates", nil), ("result.artifacts_index", nil),
    ] as [(String, JSONValue?)])
  func `what a run does not need may be missing`(path: String, value: JSONValue?) throws {
    let json = try SampleManifests.json(SampleManifests.firstFull).replacing(path, with: value)

    #expect(try SampleManifests.first(json).symbols.map(\.description) == ["HOOD"])
  }

  @Test(arguments: [
    ("identity.run_id", JSONValue.integer(7), "identity.run_id must be an id, [A-Za-z0-9][A-Za-z0-9._-]{0,127}, is 7"),
    ("identity.run_id", .string("../x"), "identity.run_id must be an id, [A-Za-z0-9][A-Za-z0-9._-]{0,127}, is '../x'"),
    ("identity.commit_hash", .bool(true), "identity.commit_hash must be text, is true or false"),
    ("strategy.key", .string(""), "strategy.key must not be empty"),
    ("strategy.key", .null, "strategy.key is missing"),
    ("strategy.impl_version", .double(1.5), "strategy.impl_version must be text, is a number"),
    ("params", .array([]), "params must be an object, is a list"),
    ("params", .null, "params is missing"),
    (
      "data.symbol", .string("A/B"),
      "data.symbol must be a symbol, [A-Za-z0-9][A-Za-z0-9._=^-]{0,31}, is 'A/B'"
    ),
    ("data.requested_tf", .string("M2"), "data.requested_tf must be one of M1, M5, M15, M30, H1, D1, is 'M2'"),
    ("data.requested_tf", .integer(15), "data.requested_tf must be one of M1, M5, M15, M30, H1, D1, is 15"),
    ("data.base_tf_used", .string("M30"), "data.base_tf_used is M30, which M15 bars cannot be built from"),
    ("data.base_tf_used", .string("x"), "data.base_tf_used must be one of M1, M5, M15, M30, H1, D1, is 'x'"),
    ("data.effective_range", .string("2025"), "data.effective_range must be an object, is text"),
    ("data.effective_range", .array([]), "data.effective_range must be an object, is a list"),
    (
      "data.effective_range.end_ts", .integer(5),
      "data.effective_range.end_ts must be a day (YYYY-MM-DD) or a time, is 5"
    ),
    ("result.run_status", .bool(true), "result.run_status must be text, is true or false"),
  ])
  func `what is of the wrong kind is named`(path: String, value: JSONValue, problem: String) throws {
    let json = try SampleManifests.json(SampleManifests.firstFull).replacing(path, with: value)

    let error = #expect(throws: RunError.self) { try SampleManifests.first(json) }

    #expect(error == RunError(.manifestInvalid, "\(Self.file): \(problem)"))
  }

  @Test(arguments: ["Europe/Berlin", "America/Chicago", "Mars/Olympus", "america/new_york"])
  func `a market in another zone is refused`(zone: String) throws {
    let json = try SampleManifests.json(SampleManifests.firstFull).replacing("identity.market_tz", with: .string(zone))

    let error = #expect(throws: RunError.self) { try SampleManifests.first(json) }

    #expect(error?.code == .manifestInvalid)
    #expect(error?.message.contains("identity.market_tz is '\(zone)'") == true)
  }

  static let all =
    "identity.run_id, strategy.key, strategy.impl_version, params, data.symbol, data.requested_tf and "
    + "result.run_status are missing"

  @Test(arguments: [
    ("[]", "must be an object, is a list"), ("null", "must be an object, is null"),
    ("\"manifest\"", "must be an object, is text"), ("{}", all), (#"{"run_id": null, "identity": null}"#, all),
    (#"{"data": {"symbols": null}}"#, all),
    (#"{"data": {"symbols": ["A"]}}"#, all.replacing("data.symbol, ", with: "")),
  ])
  func `what is no manifest is told all that it lacks`(text: String, problem: String) throws {
    let error = #expect(throws: RunError.self) { try SampleManifests.first(SampleManifests.json(text)) }

    #expect(error == RunError(.manifestInvalid, "\(Self.file): \(problem)"))
  }
}
