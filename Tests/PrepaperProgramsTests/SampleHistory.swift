import PrepaperDomain
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// Bars of M5 that have passed the gate: the first minutes of a session, some of them warm-up.
struct SampleHistory {
  /// The open of the session, 2025-12-15 in New York.
  static let open = UTCTimestamp(seconds: 1_765_809_000)

  var symbol = "HOOD"
  var bars = 6
  var warmUp = 3
  /// The closes, one for each bar, where they matter.
  var closes: [Double] = []

  /// The open of a bar.
  static func time(_ index: Int) -> UTCTimestamp { open + .seconds(300 * index) }

  /// When a bar closes, as a program writes it.
  static func close(_ index: Int) -> String { time(index + 1).rfc3339 }

  /// What a strategy is given of it.
  func input(features: FeatureColumns = FeatureColumns([:])) throws -> StrategyInput {
    var series = BarSeries(symbol: try PrepaperTestSupport.symbol(symbol), timeframe: .m5)
    for index in 0..<(closes.isEmpty ? bars : closes.count) {
      let price = closes.isEmpty ? 100 + Double(index) : closes[index]
      let close = closes.isEmpty ? price + 0.5 : price
      series.append(
        Bar(time: Self.time(index), open: price, high: price + 1, low: price - 1, close: close, volume: 1000))
    }
    return StrategyInput(history: try history(of: series), features: features)
  }

  private func history(of series: BarSeries) throws -> SufficientHistory {
    let end = Self.time(series.count)
    let session = Session(
      day: try day("2025-12-15"), hours: TimeSpan(from: Self.open, to: max(end, Self.open + .seconds(23_400))))
    let response = BarsResponse(
      window: TimeSpan(from: Self.time(warmUp), to: end), range: TimeSpan(from: Self.open, to: end), base: series,
      schedule: SessionSchedule(calendar: "XNYS", version: "test", timeZone: .newYork, sessions: [session]),
      provenance: BarsProvenance(provider: "real", source: "csv", adjustment: "unknown", isSynthetic: false))
    let verdict = HistoryGate().judge(response, timeframe: series.timeframe, sessionMode: .rth)
    guard case .sufficient(let history, _) = verdict else { throw NotReadable(text: "\(verdict.report)") }
    return history
  }
}
