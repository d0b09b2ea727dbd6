/// How much of a run the report shows, so that its size has an end; what is left out is counted.
enum ReportLimits {
  /// Charts in all.
  static let charts = 60
  /// Charts of one symbol.
  static let chartsOfSymbol = 40
  /// Rows of signals, and of rejects.
  static let rows = 500
  /// Orders that are kept for charts.
  static let keptOrders = 20_000
  /// Holes, and jumps of price.
  static let holes = 200
  /// Symbols in one table, and files.
  static let symbols = 500
  /// Rows of the comparison with another run, and of the trials with more warm-up.
  static let differences = 300
  /// Parameters.
  static let parameters = 200
  /// Orders that are listed beside one chart.
  static let ordersOfChart = 12
}
