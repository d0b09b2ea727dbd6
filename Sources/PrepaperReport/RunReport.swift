package import PrepaperDomain
package import PrepaperJSON

/// One published run as a page for people: `report.html`, a single file that needs no other.
///
/// The same inputs give the same bytes. Every text of the inputs is escaped, and long lists are cut and counted.
package struct RunReport {
  /// Bars of one symbol as the strategy decided on them, with the sessions that they lie in.
  package struct Series: Sendable {
    /// Bars in the timeframe of the signals, by their UTC opens.
    package let bars: BarSeries
    /// The sessions, ascending; a bar beyond them is in extended hours.
    package let sessions: [Session]

    /// Bars with their sessions.
    package init(bars: BarSeries, sessions: [Session]) {
      self.bars = bars
      self.sessions = sessions
    }
  }

  private let facts: RunFacts
  private let orders: OrderTally
  private let rejects: RejectTally
  private let drift: JSONValue?
  private let sensitivity: JSONValue?

  /// A report of a run.
  ///
  /// - Parameters:
  ///   - definition: the whole `run_manifest.json`; a member that an older run lacks is left out of the page.
  ///   - manifestHash: the SHA-256 of that file.
  ///   - orders: the objects in `orders` of `plan.json`, each with the numbers behind it.
  ///   - rejects: what the strategy did not take, each with `ts`, `symbol`, `reason` and `numbers`.
  ///   - drift: `drift.json`, where the run was compared.
  ///   - sensitivity: `sensitivity.json`, where the run was tried with more warm-up.
  package init(
    definition: JSONValue, manifestHash: String,
    orders: some Sequence<(order: JSONValue, evidence: JSONValue)>, rejects: some Sequence<JSONValue>,
    drift: JSONValue?, sensitivity: JSONValue?
  ) {
    facts = RunFacts(definition: definition, manifestHash: manifestHash)
    self.orders = OrderTally(orders, facts)
    self.rejects = RejectTally(rejects)
    self.drift = drift
    self.sensitivity = sensitivity
  }

  /// Writes the file piece by piece, UTF-8; memory stays that of one symbol's bars.
  ///
  /// - Parameters:
  ///   - series: the bars of a symbol; asked once for each that has charts, in ascending order. Without bars the page
  ///     says that there are none to draw.
  ///   - write: takes the next bytes of the file.
  /// - Throws: what the closures throw.
  package func write<Failure: Error>(
    series: (Symbol) throws(Failure) -> Series?, to write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let charts = ChartSelection(orders: orders, facts: facts)
    try write(PageFrame(facts: facts).head.bytes)
    try write(HeaderSection(facts: facts, orders: orders).markup.bytes)
    try write(
      ContentsSection(
        facts: facts, charts: charts, hasDrift: drift != nil, hasSensitivity: sensitivity != nil
      ).markup.bytes)
    try write(SubjectSection(facts: facts).markup.bytes)
    try write(HistorySection(facts: facts).markup.bytes)
    try write(OverviewSection(facts: facts, orders: orders, rejects: rejects, charts: charts).markup.bytes)
    try write(charts.head.bytes)
    for symbol in charts.symbols {
      try write(SymbolCharts(symbol: symbol, facts: facts, series: try series(symbol.symbol)).markup.bytes)
    }
    try write(charts.foot.bytes)
    try write(SignalsSection(facts: facts, orders: orders).markup.bytes)
    try write(RejectsSection(facts: facts, rejects: rejects).markup.bytes)
    if let drift { try write(DriftSection(facts: facts, drift: drift).markup.bytes) }
    if let sensitivity { try write(SensitivitySection(facts: facts, sensitivity: sensitivity).markup.bytes) }
    try write(ProofSection(facts: facts).markup.bytes)
    try write(HashesSection(facts: facts).markup.bytes)
    try write(PageFrame(facts: facts).foot.bytes)
  }
}

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
