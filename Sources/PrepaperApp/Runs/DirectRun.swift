import Logging
import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperRun

/// A run that is executed here and now, without the queue.
package struct DirectRun {
  private let settings: Settings
  private let logger: Logger

  /// A run that has not begun yet.
  ///
  /// - Parameter logLevel: how much a flag wants to be logged, by the level's name.
  /// - Throws: `AppError` with `configuration` for a level that is not known.
  package init(_ settings: Settings, logLevel: String?) throws(AppError) {
    self.settings = settings
    let level = try settings.logLevel(flag: logLevel)
    logger = Logger(label: "prepaper") { _ in StderrLogHandler(level: level) }
  }

  /// Executes a request, publishes what comes of it, and gives that with its directory.
  ///
  /// - Throws: `AppError` for a setting that cannot be, `RunError` where the run fails.
  package func execute(_ request: RunRequest) async throws -> (staged: StagedRun, directory: String) {
    let flow = try RunFlow(
      settings, RunEventLog(logger: logger), execution: ThisMachine.execution(),
      hearSource: { StandardStream.errors.writeLine($0) })
    let staged = try await flow.stage(request)
    let directory = try staged.directory.publish()
    if staged.status == .noSignals { logger.warning("no signals: \(staged.reason ?? "")") }
    logger.info("✅ PrePaper run complete: \(directory)")
    return (staged, directory)
  }
}
