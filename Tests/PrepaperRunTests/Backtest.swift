import PrepaperDomain
import PrepaperJSON

/// A backtest as its manifest of the first shape says it; by default an approved one with signals on made-up bars.
struct Backtest {
  var runID = "251215_144939_HOOD_15m_100d"
  var status = "success"
  var strategy = "insidebar_intraday"
  var symbol = "HOOD"
  var symbols: [String]?
  var base: String? = "M1"
  var timeframe = Timeframe.m15
  var seenUntil: String? = "2025-12-12T21:00:00+00:00"
  var parameters: [String: JSONValue] = [
    "inside_bar_definition_mode": .string("mb_range_hl__ib_hl"), "min_mother_body_fraction": .double(0.3),
    "min_inside_body_fraction": .double(0.2), "timeframe_minutes": .integer(15),
    "session_filter": .array([.string("09:30-12:00"), .string("12:00-16:00")]),
  ]

  var json: JSONValue {
    .object([
      "identity": .object([
        "run_id": .string(runID), "timestamp_utc": .string("2025-12-15T14:49:39+00:00"),
        "commit_hash": .string("c0ffee"), "market_tz": .string("America/New_York"),
      ]),
      "strategy": .object([
        "key": .string(strategy), "impl_version": .string("1.0.1"), "profile_version": .string("1.0.0"),
      ]),
      "params": .object(parameters),
      "data": .object([
        "symbol": .string(symbol), "symbols": symbols.map { .array($0.map(JSONValue.string)) } ?? .null,
        "requested_tf": .string(timeframe.rawValue), "base_tf_used": base.map(JSONValue.string) ?? .null,
        "effective_range": seenUntil.map {
          .object(["start_ts": .string("2010-01-04T14:30:00+00:00"), "end_ts": .string($0)])
        } ?? .null,
      ]),
      "result": .object(["run_status": .string(status)]),
    ])
  }
}
