package import PrepaperDomain

/// What the history gate says: the history that a strategy may run on, or why there is none.
package enum GateVerdict: Sendable {
  /// The strategy may run.
  case sufficient(SufficientHistory, HistoryReport)
  /// The strategy must not run: more bars are coming, or what there is does not suffice.
  case insufficient(HistoryReport)

  /// What was found, either way.
  package var report: HistoryReport {
    switch self {
    case .sufficient(_, let report), .insufficient(let report): report
    }
  }
}
