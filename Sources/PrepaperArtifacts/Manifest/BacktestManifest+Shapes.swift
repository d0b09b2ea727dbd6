package import PrepaperDomain
package import PrepaperJSON

extension BacktestManifest {
  /// Names in the second shape's `strategy_params` that say which data was used, not how the strategy decides.
  private static let dataNames: Set<String> = [
    "symbol", "symbols", "timeframe", "requested_end", "lookback_days", "calendar",
  ]

  /// The manifest of either shape.
  ///
  /// - first: `identity`, `strategy`, `params`, `data`, `result`
  /// - second: `run_id`, `params.strategy_id` …; its status stands in `run_result.json` beside it
  ///
  /// - Parameters:
  ///   - json: the whole of `run_manifest.json`.
  ///   - directory: the folder's name, which must be the manifest's run id.
  ///   - runResult: the whole of `run_result.json`, asked for only where the shape needs it.
  /// - Throws: `RunError` with `manifest_invalid` and the path of the first thing that is missing or wrong.
  package init(json: JSONValue, directory: RunID, runResult: () throws(RunError) -> JSONValue) throws(RunError) {
    let reader = ManifestReader(json, of: "run_manifest.json of backtest \(directory)")
    if json["identity"] == nil, json["run_id"] != nil {
      try self.init(second: reader, result: ManifestReader(runResult(), of: "run_result.json of backtest \(directory)"))
    } else {
      try self.init(first: reader)
    }
    guard runID == directory else {
      throw reader.invalid("run id", "is \(runID), but the manifest stands in the folder of \(directory)")
    }
  }

  private init(first reader: ManifestReader) throws(RunError) {
    runID = try reader.runID("identity.run_id")
    calendar = try reader.optionalCalendar("data.calendar")
    let zone = try reader.optionalText("identity.market_tz") ?? calendar.timeZone.name
    guard zone == calendar.timeZone.name else {
      throw reader.invalid(
        "identity.market_tz", "is '\(zone)'; the calendar \(calendar.rawValue) is in \(calendar.timeZone.name)")
    }
    status = try reader.text("result.run_status").lowercased()
    strategyKey = try reader.text("strategy.key")
    strategyVersion = try reader.text("strategy.impl_version")
    parameters = try reader.object("params")
    symbols = try reader.symbols("data.symbols", orOne: "data.symbol")
    timeframe = try reader.timeframe("data.requested_tf")
    baseTimeframe = try reader.optionalBase("data.base_tf_used", of: timeframe)
    let effectiveEnd = try reader.optionalEnd("data.effective_range.end_ts", in: calendar.timeZone)
    let requestedEnd = try reader.optionalEnd("data.requested_range.requested_end_date", in: calendar.timeZone)
    seenUntil = effectiveEnd ?? requestedEnd
    requiredWarmUpBars = 0
    commitHash = try reader.optionalText("identity.commit_hash")
    digest = reader.digest
  }

  private init(second reader: ManifestReader, result: ManifestReader) throws(RunError) {
    runID = try reader.runID("run_id")
    status = try result.text("status").lowercased()
    // Another run's result must not approve this one.
    let resultID = try result.runID("run_id")
    guard resultID == runID else {
      throw result.invalid("run_id", "is \(resultID), but the manifest beside it is that of \(runID)")
    }
    strategyKey = try reader.text("params.strategy_id")
    strategyVersion = try reader.text("params.strategy_version")
    parameters = try reader.object("params.strategy_params").filter { !Self.dataNames.contains($0.key) }
    symbols = try reader.symbols("params.strategy_params.symbols", orOne: "params.strategy_params.symbol")
    calendar = try reader.optionalCalendar("params.strategy_params.calendar")
    timeframe = try reader.timeframe("params.strategy_params.timeframe")
    baseTimeframe = nil
    seenUntil = try reader.optionalEnd("params.strategy_params.requested_end", in: calendar.timeZone)
    requiredWarmUpBars = try reader.optionalCount("params.strategy_meta.required_warmup_bars") ?? 0
    commitHash = nil
    digest = reader.digest
  }
}
