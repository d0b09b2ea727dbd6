package import PrepaperDomain

/// A row of a store that breaks a rule for bars.
package struct BrokenBar: Error, Hashable, Sendable {
  /// The bar's open; nil where the row has none.
  package let time: UTCTimestamp?
  /// Which rule it breaks, in words.
  package let rule: String
  /// The series, `SPY M1`.
  let series: String

  init(_ rule: String, at time: UTCTimestamp?, of symbol: Symbol, _ timeframe: Timeframe) {
    self.init(rule, at: time, of: "\(symbol) \(timeframe.rawValue)")
  }

  init(_ rule: String, at time: UTCTimestamp? = nil, of series: String) {
    self.time = time
    self.rule = rule
    self.series = series
  }

  /// The error of a run that meets it in a file.
  func error(in path: String) -> RunError {
    RunError(.barsInvalid, "\(path), \(series)\(time.map { " \($0)" } ?? ""): \(rule)")
  }
}
