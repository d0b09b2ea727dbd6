package import PrepaperDomain
package import PrepaperJSON

extension RunManifest {
  private static let required = [
    "schema_version", "identity.run_id", "identity.mode", "identity.source_backtest_run_id", "strategy.key",
    "strategy.version", "strategy.digest", "strategy.ignored", "params", "data.symbols", "data.timeframe",
    "data.base_timeframe", "data.session_mode", "data.calendar.name", "data.calendar.version", "data.window.from",
    "data.window.to", "data.warmup_bars", "data.provider.name", "data.provider.source", "data.provider.adjustment",
    "history.strict", "history.max_missing", "history.max_jump", "history.holes", "history.jumps", "history.symbols",
    "inputs.backtest_manifest_hash", "inputs.features_hash", "inputs.marketdata_data_hash", "inputs.bars",
    "outputs.plan_hash", "outputs.signals_count", "outputs.orders_count", "outputs.signals_export_hash",
    "result.status", "proof.replay", "proof.lookahead", "generator.version",
  ]

  /// Reads the whole of `run_manifest.json`.
  ///
  /// What else it says follows from these members, or is passed over: whoever has to see every byte of it looks at the
  /// bytes.
  ///
  /// - Parameter file: what errors call it.
  /// - Throws: `RunError` with `manifest_invalid` and the paths of all that is missing, or of what is wrong.
  package init(_ json: JSONValue, file: String) throws(RunError) {
    do throws(JSONFault) {
      try self.init(json)
    } catch {
      throw RunError(.manifestInvalid, "\(file): \(error)")
    }
  }

  /// Reads the whole of `run_manifest.json`; the fault names no file.
  package init(_ json: JSONValue) throws(JSONFault) {
    let members = try JSONMembers(
      json, required: Self.required,
      optional: ["sizing", "strategy.backtest_version", "data.provider.synthetic", "inputs.backtest_status"],
      isOpen: true)
    let version = try members.text("schema_version")
    guard Self.knownSchemaVersions.contains(version) else {
      throw members.fault(
        "schema_version",
        "must be \(Self.knownSchemaVersions.joined(separator: " or ")), is '\(version.shown(limit: 40))'")
    }
    schemaVersion = version
    runID = try members.runID("identity.run_id")
    mode = try members.choice("identity.mode")
    backtestRunID = try members.runID("identity.source_backtest_run_id")
    strategy = Strategy(
      key: try members.text("strategy.key"), version: try members.text("strategy.version"),
      backtestVersion: try members.optionalText("strategy.backtest_version"),
      digest: try members.text("strategy.digest"), parameters: try members.valuesByName("params"),
      ignoredParameters: try members.texts("strategy.ignored", allowsEmpty: true))
    sizing = try members.optionalText("sizing")
    data = try SeenData(members)
    history = try RunHistory(members.object("history", isOpen: true))
    inputs = Inputs(
      backtestHash: try members.text("inputs.backtest_manifest_hash"),
      backtestStatus: try members.optionalText("inputs.backtest_status"),
      featuresHash: try members.text("inputs.features_hash"),
      marketDataHash: try members.text("inputs.marketdata_data_hash"),
      bars: try members.list("inputs.bars").map { item throws(JSONFault) in try BarsFile(item.value, at: item.place) })
    outputs = Outputs(
      planHash: try members.text("outputs.plan_hash"),
      signals: try members.integer("outputs.signals_count", in: 0 ... .max),
      orders: try members.integer("outputs.orders_count", in: 0 ... .max),
      signalsExportHash: try members.text("outputs.signals_export_hash"))
    status = try members.choice("result.status")
    proof = RunProof(replay: try members.choice("proof.replay"), lookahead: try members.choice("proof.lookahead"))
    generatorVersion = try members.text("generator.version")
  }
}

extension RunManifest.SeenData {
  fileprivate init(_ members: JSONMembers) throws(JSONFault) {
    symbols = try members.optionalSymbols("data.symbols") ?? []
    guard !symbols.isEmpty else { throw members.fault("data.symbols", "must have at least one symbol") }
    timeframe = try members.timeframe("data.timeframe")
    baseTimeframe = try members.timeframe("data.base_timeframe")
    sessionMode = try members.choice("data.session_mode")
    calendar = try members.choice("data.calendar.name")
    calendarVersion = try members.text("data.calendar.version")
    let (from, to) = (try members.instant("data.window.from"), try members.instant("data.window.to"))
    guard from <= to else { throw members.fault("data.window.to", "is before data.window.from") }
    window = TimeSpan(from: from, to: to)
    warmUpBars = try members.integer("data.warmup_bars", in: 0...1_000_000)
    provenance = BarsProvenance(
      provider: try members.text("data.provider.name"), source: try members.text("data.provider.source"),
      adjustment: try members.text("data.provider.adjustment"),
      isSynthetic: try members.optionalFlag("data.provider.synthetic") ?? false)
  }
}
