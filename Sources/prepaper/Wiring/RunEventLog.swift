import Logging
import PrepaperDomain

/// Tells a run's events in the lines that operators know.
struct RunEventLog: Sendable {
  let logger: Logger

  func observe(_ event: RunEvent) {
    switch event {
    case .using(let announcement): logger.info("\(announcement)")
    case .began(let runID, let backtest): logger.info("PrePaper Run: \(runID) (source: \(backtest))")
    case .warning(let text): logger.warning("\(text)")
    case .stage(let stage): logger.debug("stage \(stage.rawValue)")
    case .barsLoaded(let count, let symbol, let timeframe, let source):
      logger.info("Bars: \(count) of \(symbol) \(timeframe.rawValue) (\(source))")
    case .gate(let report):
      logger.info("History: \(report.status.rawValue), \(report.presentBars) of \(report.expectedBars) bars")
    case .signalsWritten(let receipt):
      logger.info("Signals written: \(receipt.written), duplicates skipped: \(receipt.duplicatesSkipped)")
    }
  }
}
