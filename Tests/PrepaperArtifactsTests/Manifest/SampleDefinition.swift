import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

/// The definition of a run over one session of made-up numbers.
struct SampleDefinition {
  var backtest = SampleManifests.firstFull
  var history = HistoryReport(status: .sufficient, expectedBars: 390, presentBars: 390, holes: [], reason: nil)
  var isSynthetic = false
  var bars = [("HOOD", String(repeating: "a", count: 64))]

  /// The definition of these parts.
  func make() throws -> RunDefinition {
    let symbol = try #require(Symbol("HOOD"))
    let open = try #require(UTCTimestamp(rfc3339: "2025-12-15T14:30:00Z"))
    let window = TimeSpan(from: open, to: open + .seconds(390 * 60))
    let day = try #require(CivilDate(iso: "2025-12-15"))
    let backtest = try SampleManifests.first(SampleManifests.json(backtest))
    return RunDefinition(
      request: RunRequest(
        runID: try #require(RunID("run-1")), backtestRunID: backtest.runID, artifactsRoot: "/somewhere/else",
        window: .day(day)),
      backtest: backtest,
      strategy: RunDefinition.StrategyIdentity(
        key: "insidebar_intraday", version: "1.0.1", digest: "d1", parameters: ["atr_period": .integer(14)],
        ignoredParameters: ["netting_mode"]),
      data: RunDefinition.Data(
        symbols: [symbol], baseTimeframe: .m1,
        schedule: SessionSchedule(
          calendar: "XNYS", version: "2025.1", timeZone: .newYork, sessions: [Session(day: day, hours: window)]),
        window: window,
        provenance: BarsProvenance(
          provider: "real", source: "csv", adjustment: "unknown", isSynthetic: isSynthetic)),
      warmUpBars: 72,
      history: RunHistory(
        symbols: [SymbolHistory(symbol: symbol, report: history)], isStrict: false, tolerance: HoleTolerance(),
        maxJump: 0.4), featuresHash: "f1",
      bars: try bars.map { name, sha256 in
        RunDefinition.BarsFile(
          symbol: try #require(Symbol(name)), path: "bars/\(name).M1.csv", rows: 390, sha256: sha256)
      },
      outputs: RunDefinition.Outputs(planHash: "p1", signals: 2, orders: 2, signalsExportHash: "s1"), proof: .none,
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
