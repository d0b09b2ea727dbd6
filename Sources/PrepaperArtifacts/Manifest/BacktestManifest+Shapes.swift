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
  /// - Throws: `RunError` with `manifest_invalid` and the paths of all that is missing, or of what is wrong.
  package init(json: JSONValue, directory: RunID, runResult: () throws(RunError) -> JSONValue) throws(RunError) {
    let file = "\(RunFile.manifest) of backtest \(directory)"
    if json["identity"] == nil, json["run_id"] != nil {
      let result = try runResult()
      let resultFile = "\(BacktestFile.result) of backtest \(directory)"
      let (id, status) = try Self.read(resultFile) { () throws(JSONFault) in
        let members = try JSONMembers(result, required: ["run_id", "status"], isOpen: true)
        return (try members.runID("run_id"), try members.text("status").lowercased())
      }
      self = try Self.read(file) { () throws(JSONFault) in try BacktestManifest(second: json, status: status) }
      // Another run's result must not approve this one.
      guard id == runID else {
        throw RunError(
          .manifestInvalid, "\(resultFile): run_id is \(id), but the manifest beside it is that of \(runID)")
      }
    } else {
      self = try Self.read(file) { () throws(JSONFault) in try BacktestManifest(first: json) }
    }
    guard runID == directory else {
      throw RunError(
        .manifestInvalid, "\(file): run id is \(runID), but the manifest stands in the folder of \(directory)")
    }
  }

  private static func read<Value>(
    _ file: String, _ read: () throws(JSONFault) -> Value
  ) throws(RunError) -> Value {
    do throws(JSONFault) { return try read() } catch { throw RunError(.manifestInvalid, "\(file): \(error)") }
  }

  private init(first json: JSONValue) throws(JSONFault) {
    let one = try Self.symbolName("data.", json)
    let members = try JSONMembers(
      json,
      required: [
        "identity.run_id", "strategy.key", "strategy.impl_version", "params", one, "data.requested_tf",
        "result.run_status",
      ],
      optional: [
        "identity.market_tz", "identity.commit_hash", "data.calendar", "data.base_tf_used",
        "data.effective_range.end_ts", "data.requested_range.requested_end_date",
      ], isOpen: true)
    runID = try members.runID("identity.run_id")
    calendar = try members.optionalChoice("data.calendar") ?? .xnys
    let zone = try members.optionalText("identity.market_tz") ?? calendar.timeZone.name
    guard zone == calendar.timeZone.name else {
      throw members.fault(
        "identity.market_tz",
        "is '\(zone.shown(limit: 40))'; the calendar \(calendar.rawValue) is in \(calendar.timeZone.name)")
    }
    status = try members.text("result.run_status").lowercased()
    strategyKey = try members.text("strategy.key")
    strategyVersion = try members.text("strategy.impl_version")
    parameters = try members.valuesByName("params")
    symbols = try members.symbols(one)
    timeframe = try members.timeframe("data.requested_tf")
    baseTimeframe = try members.optionalBase("data.base_tf_used", of: timeframe)
    let effectiveEnd = try members.optionalEnd("data.effective_range.end_ts", in: calendar.timeZone)
    let requestedEnd = try members.optionalEnd("data.requested_range.requested_end_date", in: calendar.timeZone)
    seenUntil = effectiveEnd ?? requestedEnd
    requiredWarmUpBars = 0
    commitHash = try members.optionalText("identity.commit_hash")
    digest = sha256Hex(CanonicalJSON.compact(json))
  }

  private init(second json: JSONValue, status: String) throws(JSONFault) {
    let one = try Self.symbolName("params.strategy_params.", json)
    let members = try JSONMembers(
      json,
      required: [
        "run_id", "params.strategy_id", "params.strategy_version", "params.strategy_params", one,
        "params.strategy_params.timeframe",
      ],
      optional: [
        "params.strategy_params.calendar", "params.strategy_params.requested_end",
        "params.strategy_meta.required_warmup_bars",
      ], isOpen: true)
    runID = try members.runID("run_id")
    self.status = status
    strategyKey = try members.text("params.strategy_id")
    strategyVersion = try members.text("params.strategy_version")
    parameters = try members.valuesByName("params.strategy_params").filter { !Self.dataNames.contains($0.key) }
    symbols = try members.symbols(one)
    calendar = try members.optionalChoice("params.strategy_params.calendar") ?? .xnys
    timeframe = try members.timeframe("params.strategy_params.timeframe")
    baseTimeframe = nil
    seenUntil = try members.optionalEnd("params.strategy_params.requested_end", in: calendar.timeZone)
    requiredWarmUpBars =
      try members.optionalInteger("params.strategy_meta.required_warmup_bars", in: 0...1_000_000) ?? 0
    commitHash = nil
    digest = sha256Hex(CanonicalJSON.compact(json))
  }

  /// The member that says the symbols: `symbols` where it is there, else `symbol`.
  private static func symbolName(_ object: String, _ json: JSONValue) throws(JSONFault) -> String {
    let name = "\(object)symbols"
    return try JSONMembers(json, optional: [name], isOpen: true).has(name) ? name : "\(object)symbol"
  }
}

extension JSONMembers {
  /// One symbol, or the symbols of a list, ascending and each once.
  fileprivate func symbols(_ name: String) throws(JSONFault) -> [Symbol] {
    guard name.hasSuffix("symbols") else { return [try symbol(name)] }
    let symbols = Set(try optionalSymbols(name) ?? []).sorted()
    guard !symbols.isEmpty else { throw fault(name, "must have at least one symbol") }
    return symbols
  }

  /// A timeframe that another one is built from.
  fileprivate func optionalBase(_ name: String, of timeframe: Timeframe) throws(JSONFault) -> Timeframe? {
    guard has(name) else { return nil }
    let base = try self.timeframe(name)
    guard timeframe.isMultiple(of: base) else {
      throw fault(name, "is \(base.rawValue), which \(timeframe.rawValue) bars cannot be built from")
    }
    return base
  }

  /// The end of a stretch of data: an instant, a local time without a zone, or a day, whose end is meant.
  fileprivate func optionalEnd(_ name: String, in zone: MarketTimeZone) throws(JSONFault) -> UTCTimestamp? {
    try optionalParsed(name, "a day (YYYY-MM-DD) or a time") { text in
      if let instant = UTCTimestamp(rfc3339: text) { return instant }
      if let day = CivilDate(iso: text) { return zone.instant(of: day.advanced(byDays: 1), secondOfDay: 0) }
      guard let local = UTCTimestamp(rfc3339: text + "Z") else { return nil }
      let day = local.utcDate
      return zone.instant(of: day, secondOfDay: local.seconds - day.startUTC.seconds)
    }
  }
}
