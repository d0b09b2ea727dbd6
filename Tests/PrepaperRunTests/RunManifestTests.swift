import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// `run_manifest.json` as others read it.
@Suite struct RunManifestTests {
  @Test func `the manifest has the members that others read, and no others`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    let manifest = try run.manifest
    #expect(
      manifest.paths.filter { !$0.hasPrefix("params.") } == [
        "data.base_timeframe", "data.calendar.name", "data.calendar.version", "data.market_tz",
        "data.provider.adjustment", "data.provider.name", "data.provider.source", "data.provider.synthetic",
        "data.session_mode", "data.symbols.*", "data.timeframe", "data.warmup_bars", "data.window.from",
        "data.window.to", "generator.name", "generator.version", "history.expected_bars", "history.holes",
        "history.jumps", "history.max_jump", "history.max_missing", "history.present_bars", "history.reason",
        "history.status", "history.strict", "history.symbols.*.expected_bars", "history.symbols.*.present_bars",
        "history.symbols.*.reason", "history.symbols.*.status", "history.symbols.*.symbol", "identity.lab",
        "identity.mode",
        "identity.run_id", "identity.source_backtest_run_id", "inputs.backtest_manifest_hash", "inputs.bars.*.path",
        "inputs.bars.*.rows", "inputs.bars.*.sha256", "inputs.bars.*.symbol", "inputs.features_hash",
        "inputs.marketdata_data_hash", "outputs.orders_count", "outputs.plan_hash", "outputs.signals_count",
        "outputs.signals_export_hash", "proof.lookahead", "proof.replay", "result.errors", "result.reason",
        "result.status", "schema_version", "strategy.backtest_version", "strategy.digest", "strategy.ignored",
        "strategy.key", "strategy.version",
      ])
  }

  @Test(arguments: [
    ("schema_version", "1.1.0"), ("identity.run_id", "run-1"), ("identity.lab", "PREPAPER"),
    ("identity.mode", "replay"), ("identity.source_backtest_run_id", "251215_144939_HOOD_15m_100d"),
    ("strategy.key", "insidebar_intraday"), ("strategy.version", "2"), ("strategy.backtest_version", "1.0.1"),
    ("data.symbols.0", "HOOD"),
    ("data.timeframe", "M15"), ("data.base_timeframe", "M1"), ("data.session_mode", "rth"),
    ("data.market_tz", "America/New_York"), ("data.calendar.name", "XNYS"),
    ("data.window.from", "2025-12-15T14:30:00+00:00"), ("data.window.to", "2025-12-15T21:00:00+00:00"),
    ("data.provider.name", "fake"), ("data.provider.source", "synthetic"), ("history.status", "SUFFICIENT"),
    ("result.status", "SUCCESS"), ("generator.name", "prepaper"), ("generator.version", "0.1.0"),
    // Every default of the parameters is there.
    ("params.inside_bar_mode", "inclusive"), ("params.entry_level_mode", "mother_bar"),
    ("params.session_timezone", "America/New_York"), ("params.valid_from_policy", "signal_ts"),
  ])
  func `a member says what the run was`(path: String, value: String) async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    #expect(try run.manifest.at(path) == .string(value))
  }

  @Test func `numbers of the manifest are those of the run`() async throws {
    let bench = try RunBench()

    let manifest = try await bench.publish(bench.request()).manifest

    #expect(manifest.at("data.warmup_bars") == .integer(72))
    #expect(manifest.at("history.expected_bars") == .integer(1470))
    #expect(manifest.at("history.present_bars") == .integer(1470))
    #expect(manifest.at("params.atr_period") == .integer(14))
    #expect(manifest.at("params.risk_reward_ratio") == .double(2))
    #expect(manifest.at("data.provider.synthetic") == .bool(true))
    #expect(manifest.at("result.reason") == .null)
  }

  @Test func `bars of files are not called synthetic`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")

    let run = try await bench.publish(bench.request(), bench.flow(bench.files()))

    #expect(try run.manifest.at("data.provider.synthetic") == nil)
    #expect(try run.manifest.at("data.provider.name") == .string("real"))
    #expect(try run.manifest.at("data.provider.source") == .string("csv"))
    #expect(!run.staged.isSynthetic)
  }

  @Test func `without a window the first session that the backtest has not seen is run`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request(window: .lastSession))

    #expect(try run.manifest.at("data.window.from") == .string("2025-12-15T14:30:00+00:00"))
  }

  @Test func `parameters without effect are listed and told`() async throws {
    var backtest = Backtest()
    backtest.parameters["netting_mode"] = .string("hedge")
    backtest.parameters["trailing_stop"] = .bool(false)
    let bench = try RunBench(backtest)
    let recorder = EventRecorder()

    let run = try await bench.publish(bench.request(), bench.flow(observe: recorder.observe))

    #expect(try run.manifest.at("strategy.ignored") == .array([.string("netting_mode"), .string("trailing_stop")]))
    #expect(
      recorder.events.contains(
        .warning(
          "insidebar_intraday: parameters without effect on signals are ignored: netting_mode, trailing_stop")))
  }
}
