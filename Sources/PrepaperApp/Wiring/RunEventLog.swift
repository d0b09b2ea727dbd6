import Logging
import PrepaperDomain
import Synchronization

/// Tells a run's events in the lines that operators know, each with the stage that it belongs to.
final class RunEventLog: Sendable {
  private let staged: Mutex<Logger>

  init(logger: Logger) {
    staged = Mutex(logger)
  }

  /// Tells what a source or a strategy says.
  func tell(_ line: String) { staged.withLock { $0 }.info("\(line)") }

  func observe(_ event: RunEvent) {
    if case .stage(let stage) = event { staged.withLock { $0[metadataKey: "stage"] = "\(stage.rawValue)" } }
    let logger = staged.withLock { $0 }
    switch event {
    case .using(let announcement): logger.info("\(announcement)")
    case .began(let runID, let backtest): logger.info("PrePaper Run: \(runID) (source: \(backtest))")
    case .warning(let text): logger.warning("\(text)")
    case .stage(let stage): logger.debug("stage \(stage.rawValue)")
    case .barsLoaded(let count, let symbol, let timeframe, let source):
      logger.info("Bars: \(count) of \(symbol) \(timeframe.rawValue) (\(source))")
    case .gate(let history):
      let report = history.report
      logger.debug("\(history.symbol): \(report.status.rawValue), \(report.presentBars) of \(report.expectedBars) bars")
    case .history(let history): logger.info("\(summary(history))")
    case .proven(let proof, let reason):
      logger.info(
        "Proofs: replay \(proof.replay.rawValue), look-ahead \(proof.lookahead.rawValue)\(reason.map { " (\($0))" } ?? "")"
      )
    case .signalsWritten(let receipt):
      logger.info("Signals written: \(receipt.written), duplicates skipped: \(receipt.duplicatesSkipped)")
    }
  }

  /// `History: SUFFICIENT, 390 of 390 bars`, for several symbols `History: 2 of 3 symbols SUFFICIENT, …`.
  private func summary(_ history: RunHistory) -> String {
    let reports = history.symbols.map(\.report)
    let bars = "\(reports.reduce(0) { $0 + $1.presentBars }) of \(reports.reduce(0) { $0 + $1.expectedBars }) bars"
    if reports.count == 1, let report = reports.first { return "History: \(report.status.rawValue), \(bars)" }
    let sufficient = history.symbols.count { $0.isSufficient }
    return "History: \(sufficient) of \(reports.count) symbols \(HistoryReport.Status.sufficient.rawValue), \(bars)"
  }
}
