import PrepaperDomain
package import PrepaperJSON

extension RunManifest {
  /// The manifest as `run_manifest.json` has it.
  package var json: JSONValue {
    .object(dropping: [
      "schema_version": .string(schemaVersion),
      "identity": .object([
        "run_id": .string(runID.description), "lab": .string("PREPAPER"), "mode": .string(mode.rawValue),
        "source_backtest_run_id": .string(backtestRunID.description),
      ]),
      "strategy": strategy.json,
      "params": .object(strategy.parameters),
      // Present only where orders have quantities.
      "sizing": sizing.map(JSONValue.string),
      "data": data.json,
      "history": history.json,
      "inputs": inputs.json,
      "outputs": .object([
        "plan_hash": .string(outputs.planHash), "signals_count": .integer(Int64(outputs.signals)),
        "orders_count": .integer(Int64(outputs.orders)),
        "signals_export_hash": .string(outputs.signalsExportHash),
      ]),
      "result": .object([
        "status": .string(status.rawValue),
        "reason": reason.map(JSONValue.string) ?? .null,
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
}

extension RunManifest.Strategy {
  /// What of the strategy is not its parameters.
  package var json: JSONValue {
    .object(dropping: [
      "key": .string(key), "version": .string(version), "backtest_version": backtestVersion.map(JSONValue.string),
      "digest": .string(digest), "ignored": .array(ignoredParameters.map(JSONValue.string)),
    ])
  }
}

extension RunManifest.SeenData {
  /// The data as the manifest has it.
  package var json: JSONValue {
    .object([
      "symbols": .array(symbols.map { .string($0.description) }),
      "timeframe": .string(timeframe.rawValue),
      "base_timeframe": .string(baseTimeframe.rawValue),
      "session_mode": .string(sessionMode.rawValue),
      "market_tz": .string(calendar.timeZone.name),
      "calendar": .object(["name": .string(calendar.rawValue), "version": .string(calendarVersion)]),
      "window": .object(["from": .string(window.from.iso8601), "to": .string(window.to.iso8601)]),
      "warmup_bars": .integer(Int64(warmUpBars)),
      "provider": provenance.json,
    ])
  }
}

extension RunManifest.Inputs {
  /// The inputs as the manifest has them.
  package var json: JSONValue {
    .object(dropping: [
      "backtest_manifest_hash": .string(backtestHash),
      // Present only where somebody took a backtest that did not end in success.
      "backtest_status": backtestStatus.map(JSONValue.string),
      "marketdata_data_hash": .string(marketDataHash),
      "features_hash": .string(featuresHash),
      "bars": .array(bars.map(\.json)),
    ])
  }
}
