import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

/// The manifest of a run over one session of made-up numbers.
struct SampleManifest {
  var backtest = SampleManifests.firstFull
  var history = HistoryReport(status: .sufficient, expectedBars: 390, presentBars: 390, holes: [], reason: nil)
  var isSynthetic = false
  var bars = [("HOOD", String(repeating: "a", count: 64))]
  /// What there is of several symbols, in place of `history`.
  var histories: [SymbolHistory]?
  var isStrict = false
  var maxMissing = 0.01
  var mode = RunMode.replay
  var calendar = CalendarName.xnys
  var parameters: [String: JSONValue] = ["atr_period": .integer(14)]
  var ignoredParameters = ["netting_mode"]
  var sizing: String?
  var proof = RunProof.none

  /// The manifest of these parts.
  func make() throws -> RunManifest {
    let symbol = try #require(Symbol("HOOD"))
    let open = try #require(UTCTimestamp(rfc3339: "2025-12-15T14:30:00Z"))
    let window = TimeSpan(from: open, to: open + .seconds(390 * 60))
    let backtest = try SampleManifests.first(SampleManifests.json(backtest))
    let history = RunHistory(
      symbols: histories ?? [SymbolHistory(symbol: symbol, report: history)], isStrict: isStrict,
      tolerance: HoleTolerance(missingShare: maxMissing), maxJump: 0.4)
    return RunManifest(
      runID: try #require(RunID("run-1")), mode: mode, backtestRunID: backtest.runID,
      strategy: RunManifest.Strategy(
        key: "insidebar_intraday", version: "2", backtestVersion: "1.0.1", digest: "d1", parameters: parameters,
        ignoredParameters: ignoredParameters), sizing: sizing,
      data: RunManifest.SeenData(
        symbols: histories?.map(\.symbol) ?? [symbol], timeframe: .m15, baseTimeframe: .m1, sessionMode: .rth,
        calendar: calendar, calendarVersion: "2025.1", window: window, warmUpBars: 72,
        provenance: BarsProvenance(
          provider: "real", source: "csv", adjustment: "unknown", isSynthetic: isSynthetic)),
      history: history,
      inputs: RunManifest.Inputs(
        backtest: backtest, featuresHash: "f1",
        bars: try bars.map { name, sha256 in
          RunManifest.BarsFile(
            symbol: try #require(Symbol(name)), path: "bars/\(name).M1.csv", rows: 390, sha256: sha256)
        }),
      outputs: RunManifest.Outputs(planHash: "p1", signals: 2, orders: 2, signalsExportHash: "s1"), proof: proof,
      generatorVersion: "0.1.0")
  }
}

extension JSONValue {
  /// The paths of everything in the value, sorted: `data.window.from`, `inputs.bars[].path`.
  var paths: [String] {
    paths(under: "").sorted(by: precedesByBytes)
  }

  private func paths(under path: String) -> Set<String> {
    switch self {
    case .object(let members) where !members.isEmpty:
      members.reduce(into: []) { all, member in
        all.formUnion(member.value.paths(under: path.isEmpty ? member.key : "\(path).\(member.key)"))
      }
    case .array(let items) where !items.isEmpty:
      items.reduce(into: []) { all, item in all.formUnion(item.paths(under: "\(path)[]")) }
    default: [path]
    }
  }
}
