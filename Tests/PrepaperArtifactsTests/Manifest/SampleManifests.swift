import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

/// Manifests of backtests in both shapes, as small and as full as they come.
enum SampleManifests {
  static let firstID = "251215_144939_HOOD_15m_100d"
  static let secondID = "251216_090000_SPY_5m_30d"

  static let firstMinimal = """
    {"identity": {"run_id": "251215_144939_HOOD_15m_100d"}, "strategy": {"key": "insidebar_intraday",
     "impl_version": "1.0.1"}, "params": {}, "data": {"symbol": "HOOD", "requested_tf": "M15"},
     "result": {"run_status": "success"}}
    """

  static let firstFull = """
    {"identity": {"run_id": "251215_144939_HOOD_15m_100d", "timestamp_utc": "2025-12-15T14:49:39Z",
       "commit_hash": "0123456789abcdef", "market_tz": "America/New_York"},
     "strategy": {"key": "insidebar_intraday", "impl_version": "1.0.1", "profile_version": "3"},
     "params": {"atr_period": 14, "min_mother_bar_size": 0.5, "symbol": "kept"},
     "data": {"symbol": "HOOD", "requested_tf": "M15", "base_tf_used": "M1",
       "requested_range": {"lookback_days": 100, "requested_end_date": "2025-12-12"},
       "effective_range": {"start_ts": "2025-09-03T13:30:00+00:00", "end_ts": "2025-12-11T21:00:00+00:00"},
       "inputs": {}},
     "gates": {"coverage": {}, "sla": {}},
     "result": {"run_status": "SUCCESS", "failure_reason": null, "failure_details": null, "error_id": null,
       "artifacts_index": []}}
    """

  static let secondMinimal = """
    {"run_id": "251216_090000_SPY_5m_30d", "params": {"strategy_id": "inside_bar", "strategy_version": "2.0.0",
     "strategy_params": {"symbol": "SPY", "timeframe": "5m"}}}
    """

  static let secondFull = """
    {"run_id": "251216_090000_SPY_5m_30d",
     "params": {"strategy_id": "inside_bar", "strategy_version": "2.0.0",
       "strategy_params": {"atr_period": 20, "symbol": "SPY", "timeframe": "M5", "requested_end": "2025-12-10",
         "lookback_days": 30},
       "strategy_meta": {"core": [], "tunable": [], "required_warmup_bars": 120, "strategy_finalized": true}},
     "config": {}, "hashes": {"bars_hash": "a", "intent_hash": "b", "fills_hash": "c"}, "artifacts_index": []}
    """

  static let secondResult = #"{"run_id": "251216_090000_SPY_5m_30d", "status": "success"}"#

  /// A manifest's JSON.
  static func json(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
  }

  /// What is read from a manifest of the first shape.
  static func first(_ json: JSONValue) throws -> BacktestManifest {
    try BacktestManifest(json: json, directory: try #require(RunID(firstID))) { () throws(RunError) in
      throw RunError(.unexpected, "the first shape has no run_result.json")
    }
  }

  /// What is read from a manifest of the second shape, with its result.
  static func second(_ json: JSONValue, result: JSONValue? = nil) throws -> BacktestManifest {
    let result = try result ?? Self.json(secondResult)
    return try BacktestManifest(json: json, directory: try #require(RunID(secondID))) { () throws(RunError) in result }
  }
}

extension JSONValue {
  /// The value with another one at a path, `identity.run_id`, or with nothing there.
  func replacing(_ path: String, with value: JSONValue?) -> JSONValue {
    guard case .object(var members) = self, let name = path.split(separator: ".").first else { return self }
    let key = String(name)
    let rest = String(path.dropFirst(name.count + 1))
    members[key] = rest.isEmpty ? value : (members[key] ?? .object([:])).replacing(rest, with: value)
    return .object(members)
  }
}
