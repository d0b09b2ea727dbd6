/// What there is of one symbol for a run.
package struct SymbolHistory: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// What the gate found.
  package let report: HistoryReport
  /// Where the price jumps between sessions.
  package let jumps: [PriceJump]

  /// What there is of a symbol.
  package init(symbol: Symbol, report: HistoryReport, jumps: [PriceJump] = []) {
    self.symbol = symbol
    self.report = report
    self.jumps = jumps
  }

  /// Whether the strategy may run on it.
  package var isSufficient: Bool { report.status == .sufficient }
}
