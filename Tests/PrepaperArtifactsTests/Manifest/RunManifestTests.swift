import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct RunManifestTests {
  static let paths = [
    "data.base_timeframe", "data.calendar.name", "data.calendar.version", "data.market_tz",
    "data.provider.adjustment", "data.provider.name", "data.provider.source", "data.session_mode", "data.symbols[]",
    "data.timeframe", "data.warmup_bars", "data.window.from", "data.window.to", "generator.name",
    "generator.version", "history.expected_bars", "history.holes",
    "history.jumps", "history.max_jump", "history.max_missing", "history.present_bars", "history.reason",
    "history.status", "history.strict", "history.symbols[].expected_bars", "history.symbols[].present_bars",
    "history.symbols[].reason", "history.symbols[].status", "history.symbols[].symbol", "identity.lab", "identity.mode",
    "identity.run_id", "identity.source_backtest_run_id",
    "inputs.backtest_manifest_hash", "inputs.bars[].path", "inputs.bars[].rows", "inputs.bars[].sha256",
    "inputs.bars[].symbol", "inputs.features_hash", "inputs.marketdata_data_hash", "outputs.orders_count",
    "outputs.plan_hash", "outputs.signals_count", "outputs.signals_export_hash", "params.atr_period",
    "proof.lookahead", "proof.replay", "result.errors", "result.reason", "result.status", "schema_version",
    "strategy.backtest_version", "strategy.digest", "strategy.ignored[]", "strategy.key", "strategy.version",
  ]

  @Test func `the manifest has exactly the keys of its form`() throws {
    #expect(try SampleManifest().make().json.paths == Self.paths)
  }

  @Test func `each key has what the run was`() throws {
    let json = try SampleManifest().make().json

    #expect(json["schema_version"] == .string("1.1.0"))
    #expect(
      json["identity"]
        == .object([
          "run_id": .string("run-1"), "lab": .string("PREPAPER"), "mode": .string("replay"),
          "source_backtest_run_id": .string(SampleManifests.firstID),
        ]))
    #expect(
      json["strategy"]
        == .object([
          "key": .string("insidebar_intraday"), "version": .string("2"), "backtest_version": .string("1.0.1"),
          "digest": .string("d1"),
          "ignored": .array([.string("netting_mode")]),
        ]))
    #expect(json["params"] == .object(["atr_period": .integer(14)]))
    #expect(
      json["data"]
        == .object([
          "symbols": .array([.string("HOOD")]), "timeframe": .string("M15"), "base_timeframe": .string("M1"),
          "session_mode": .string("rth"), "market_tz": .string("America/New_York"),
          "calendar": .object(["name": .string("XNYS"), "version": .string("2025.1")]),
          "window": .object([
            "from": .string("2025-12-15T14:30:00+00:00"), "to": .string("2025-12-15T21:00:00+00:00"),
          ]),
          "warmup_bars": .integer(72),
          "provider": .object([
            "name": .string("real"), "source": .string("csv"), "adjustment": .string("unknown"),
          ]),
        ]))
    #expect(
      json["outputs"]
        == .object([
          "plan_hash": .string("p1"), "signals_count": .integer(2), "orders_count": .integer(2),
          "signals_export_hash": .string("s1"),
        ]))
    #expect(json["result"] == .object(["status": .string("SUCCESS"), "reason": .null, "errors": .array([])]))
    #expect(json["generator"] == .object(["name": .string("prepaper"), "version": .string("0.1.0")]))
  }

  @Test func `its inputs are digests of the backtest and the bars`() throws {
    let manifest = try SampleManifest().make()
    let backtest = try SampleManifests.json(SampleManifests.firstFull)

    let inputs = try #require(manifest.json["inputs"])

    #expect(inputs["backtest_manifest_hash"] == .string(sha256Hex(CanonicalJSON.compact(backtest))))
    #expect(inputs["features_hash"] == .string("f1"))
    #expect(inputs["marketdata_data_hash"] == .string(manifest.inputs.marketDataHash))
    #expect(
      inputs["bars"]
        == .array([
          .object([
            "symbol": .string("HOOD"), "path": .string("bars/HOOD.M1.csv"), "rows": .integer(390),
            "sha256": .string(String(repeating: "a", count: 64)),
          ])
        ]))
  }

  @Test func `a run that the gate stopped has no signals, and says why`() throws {
    var sample = SampleManifest()
    sample.history = HistoryReport(
      status: .degraded, expectedBars: 390, presentBars: 300, holes: [], reason: "missing 90")

    let manifest = try sample.make()

    #expect(manifest.status == .noSignals)
    #expect(
      manifest.json["result"]
        == .object([
          "status": .string("NO_SIGNALS"), "reason": .string("missing 90"),
          "errors": .array([
            .object([
              "symbol": .string("HOOD"), "status": .string("NO_SIGNALS"), "reason": .string("missing 90"),
            ])
          ]),
        ]))
    #expect(manifest.json["history"]?["status"] == .string("DEGRADED"))
  }

  @Test func `made-up bars and a backtest that failed are recorded`() throws {
    var sample = SampleManifest()
    sample.isSynthetic = true
    sample.backtest = sample.backtest.replacing("SUCCESS", with: "failed")

    let json = try sample.make().json

    #expect(
      json.paths == (Self.paths + ["data.provider.synthetic", "inputs.backtest_status"]).sorted(by: precedesByBytes))
    #expect(json["data"]?["provider"]?["synthetic"] == .bool(true))
    #expect(json["inputs"]?["backtest_status"] == .string("failed"))
  }

  @Test func `the hash of the market data is that of its sorted lines`() throws {
    var sample = SampleManifest()
    sample.bars = [("SPY", "cc"), ("BRK.B", "aa"), ("BRK-B", "bb"), ("spy", "dd")]
    let sorted = try sample.make().inputs.marketDataHash

    sample.bars.reverse()

    #expect(sorted == sha256Hex("BRK-B bb\nBRK.B aa\nSPY cc\nspy dd\n"))
    #expect(try sample.make().inputs.marketDataHash == sorted)
  }
}
