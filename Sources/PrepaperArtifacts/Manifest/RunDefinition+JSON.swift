import PrepaperDomain
package import PrepaperJSON

extension RunDefinition {
  /// The definition as `run_manifest.json` has it.
  package var json: JSONValue {
    .object(dropping: [
      "schema_version": .string(Self.schemaVersion),
      "identity": identity,
      "strategy": .object([
        "key": .string(strategy.key), "version": .string(strategy.version), "digest": .string(strategy.digest),
        "ignored": .array(strategy.ignoredParameters.map(JSONValue.string)),
      ]),
      "params": .object(strategy.parameters),
      // Present only where orders have quantities.
      "sizing": request.options.sizing.map(JSONValue.string),
      "data": dataJSON,
      "history": history.json,
      "inputs": inputs,
      "outputs": .object([
        "plan_hash": .string(outputs.planHash), "signals_count": .integer(Int64(outputs.signals)),
        "orders_count": .integer(Int64(outputs.orders)),
        "signals_export_hash": .string(outputs.signalsExportHash),
      ]),
      "result": .object([
        "status": .string(status.rawValue),
        "reason": status == .noSignals ? history.reason.map(JSONValue.string) ?? .null : .null,
        "errors": .array(
          history.insufficient.map { symbol in
            .object([
              "symbol": .string(symbol.symbol.description), "status": .string(RunStatus.noSignals.rawValue),
              "reason": symbol.report.reason.map(JSONValue.string) ?? .null,
            ])
          }),
      ]),
      "proof": proof.json,
      "generator": .object(["name": .string("prepaper"), "version": .string(generatorVersion)]),
    ])
  }

  private var identity: JSONValue {
    .object([
      "run_id": .string(request.runID.description), "lab": .string("PREPAPER"),
      "mode": .string(request.options.mode.rawValue),
      "source_backtest_run_id": .string(request.backtestRunID.description),
    ])
  }

  private var dataJSON: JSONValue {
    let schedule = data.schedule
    return .object([
      "symbols": .array(data.symbols.map { .string($0.description) }),
      "timeframe": .string(backtest.timeframe.rawValue),
      "base_timeframe": .string(data.baseTimeframe.rawValue),
      "session_mode": .string(request.sessionMode.rawValue),
      "market_tz": .string(schedule.timeZone.name),
      "calendar": .object(["name": .string(schedule.calendar), "version": .string(schedule.version)]),
      "window": .object([
        "from": .string(data.window.from.iso8601), "to": .string(data.window.to.iso8601),
      ]),
      "warmup_bars": .integer(Int64(warmUpBars)),
      "provider": data.provenance.json,
    ])
  }

  private var inputs: JSONValue {
    .object(dropping: [
      "backtest_manifest_hash": .string(backtest.digest),
      // Present only where somebody took a backtest that did not end in success.
      "backtest_status": backtest.isApproved ? nil : .string(backtest.status),
      "marketdata_data_hash": .string(marketDataHash),
      "features_hash": .string(featuresHash),
      "bars": .array(
        bars.map { file in
          .object([
            "symbol": .string(file.symbol.description), "path": .string(file.path),
            "rows": .integer(Int64(file.rows)), "sha256": .string(file.sha256),
          ])
        }),
    ])
  }
}
