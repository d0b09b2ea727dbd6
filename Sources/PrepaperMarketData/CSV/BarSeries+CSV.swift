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

extension BarSeries {
  /// The bars in CSV that come from a descriptor until its end: of a file, a pipe or a terminal.
  ///
  /// - Parameters:
  ///   - descriptor: stays open.
  ///   - name: what errors call it.
  ///   - progress: told how many bytes have been read so far, after each piece.
  /// - Throws: `RunError` with `bars_invalid`: name, line and rule of the first offender; with `symbol_unknown` where
  ///   it cannot be read.
  package init(
    csvFrom descriptor: Int32, name: String, symbol: Symbol, timeframe: Timeframe, progress: (Int) -> Void
  ) throws(RunError) {
    var parser = CSVBarParser(source: name, symbol: symbol, timeframe: timeframe)
    var bytes = 0
    try readToEnd(descriptor, name) { (piece) throws(RunError) in
      try parser.read(piece.span)
      bytes += piece.count
      progress(bytes)
    }
    self = try parser.finish()
  }
}
