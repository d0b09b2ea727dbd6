package import PrepaperDomain

extension BarSeries {
  /// The bars in CSV, as `CSVBarParser` reads them.
  ///
  /// - Parameter source: what an error names beside the line.
  /// - Throws: `RunError` with `bars_invalid`: source, line and rule of the first offender.
  package init(csv bytes: [UInt8], source: String, symbol: Symbol, timeframe: Timeframe) throws(RunError) {
    var parser = CSVBarParser(source: source, symbol: symbol, timeframe: timeframe)
    self = try parser.parse(bytes)
  }
}
