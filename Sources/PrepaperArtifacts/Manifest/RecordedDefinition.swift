package import PrepaperDomain
package import PrepaperJSON

/// What a `run_manifest.json` says that its run was made of, read back so that it can be made again.
package struct RecordedDefinition: Sendable {
  /// The same run, with its window in instants.
  package let request: RunRequest
  /// As much of the backtest as goes into the run.
  package let backtest: BacktestManifest
  /// How many warm-up bars were asked for.
  package let warmUpBars: Int
  /// Parameters of the backtest that never changed a signal.
  package let ignoredParameters: [String]
  /// Where its bars came from.
  package let provenance: BarsProvenance
  /// The files with its bars.
  package let bars: [RunDefinition.BarsFile]
  /// What it has proven of itself.
  package let proof: RunProof
  /// The version of prepaper that made it.
  package let generatorVersion: String
  /// All of it.
  package let json: JSONValue

  /// Reads the whole of `run_manifest.json`.
  ///
  /// - Throws: `RunError` with `manifest_invalid` and the path of the first thing that is missing or wrong.
  package init(_ json: JSONValue, artifactsRoot: String) throws(RunError) {
    self.json = json
    let reader = ManifestReader(json, of: RunFile.manifest.name)
    let runID = try reader.runID("identity.run_id")
    let backtestID = try reader.runID("identity.source_backtest_run_id")
    let status = try reader.optionalText("inputs.backtest_status")
    let calendar = try reader.optionalCalendar("data.calendar.name")
    let (from, to) = (try reader.instant("data.window.from"), try reader.instant("data.window.to"))
    let symbols = try reader.symbols("data.symbols", orOne: "data.symbols")
    warmUpBars = try reader.optionalCount("data.warmup_bars") ?? 0
    backtest = BacktestManifest(
      runID: backtestID, status: status ?? "success", strategyKey: try reader.text("strategy.key"),
      strategyVersion: try reader.text("strategy.version"), parameters: try reader.object("params"), symbols: symbols,
      timeframe: try reader.timeframe("data.timeframe"), baseTimeframe: try reader.timeframe("data.base_timeframe"),
      calendar: calendar, seenUntil: nil, requiredWarmUpBars: warmUpBars, commitHash: nil,
      digest: try reader.text("inputs.backtest_manifest_hash"))
    request = RunRequest(
      runID: runID, backtestRunID: backtestID, artifactsRoot: artifactsRoot,
      window: .span(from: .instant(from), to: .instant(to)),
      sessionMode: try reader.choice("data.session_mode"), allowUnapproved: status != nil,
      options: RunOptions(
        symbols: symbols, isStrict: try reader.flag("history.strict"), mode: try reader.choice("identity.mode"),
        maxMissing: try reader.number("history.max_missing"), maxJump: try reader.number("history.max_jump"),
        calendar: calendar, sizing: try reader.optionalText("sizing")))
    ignoredParameters = try reader.texts("strategy.ignored")
    provenance = BarsProvenance(
      provider: try reader.text("data.provider.name"), source: try reader.text("data.provider.source"),
      adjustment: try reader.text("data.provider.adjustment"),
      isSynthetic: json["data"]?["provider"]?["synthetic"] == .bool(true))
    bars = try reader.list("inputs.bars").enumerated().map { (index, entry) throws(RunError) in
      guard let file = RunDefinition.BarsFile(entry) else {
        throw reader.invalid("inputs.bars[\(index)]", "cannot be a file of bars of a run")
      }
      return file
    }
    guard let proof = RunProof(json["proof"]) else {
      throw reader.invalid("proof", "says something that this version does not know")
    }
    self.proof = proof
    generatorVersion = try reader.text("generator.version")
  }
}
