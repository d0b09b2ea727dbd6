import Foundation
import PrepaperArtifacts
import PrepaperDomain
package import PrepaperJSON
import PrepaperTestSupport

extension Program {
  /// The artifacts root that commands use by default.
  var artifacts: String { "\(directory.path)/artifacts" }

  /// A backtest's manifest in its first shape, that a test may change.
  static func manifest(
    _ id: String, symbol: String = "HOOD", timeframe: String = "M15", minutes: Int64 = 15
  ) -> [String: JSONValue] {
    [
      "identity": .object([
        "run_id": .string(id), "timestamp_utc": "2025-12-15T14:49:39+00:00", "commit_hash": "abc",
        "market_tz": "America/New_York",
      ]),
      "strategy": .object(["key": "insidebar_intraday", "impl_version": "1.0.1", "profile_version": "1.0.0"]),
      "params": .object([
        "inside_bar_definition_mode": "mb_range_hl__ib_hl", "timeframe_minutes": .integer(minutes),
        "min_mother_body_fraction": .double(0.3), "min_inside_body_fraction": .double(0.2),
        "session_filter": .array(["09:30-12:00", "12:00-16:00"]),
      ]),
      "data": .object([
        "symbol": .string(symbol), "requested_tf": .string(timeframe), "base_tf_used": "M1",
        "requested_range": .object(["lookback_days": .integer(100), "requested_end_date": "2025-12-12"]),
        "effective_range": .null, "inputs": .object([:]),
      ]),
      "gates": .object([:]),
      "result": .object(["run_status": "success"]),
    ]
  }

  /// Puts a backtest's manifest in its place.
  func write(backtest id: String, _ manifest: [String: JSONValue]? = nil) throws {
    let text = String(decoding: CanonicalJSON.pretty(.object(manifest ?? Self.manifest(id))), as: UTF8.self)
    try directory.write(text, to: "artifacts/backtests/\(id)/run_manifest.json")
  }

  /// Everything in a directory of the test, as paths below it, sorted; the files of calls themselves left out.
  func files(below folder: String = "") throws -> [String] {
    let path = folder.isEmpty ? directory.path : "\(directory.path)/\(folder)"
    return try FileManager.default.subpathsOfDirectory(atPath: path).filter { !$0.hasPrefix("output-") }.sorted()
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// A text.
  package init(stringLiteral value: String) { self = .string(value) }

  /// A list.
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
