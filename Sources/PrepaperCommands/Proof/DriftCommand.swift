import ArgumentParser
import PrepaperApp
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence

/// `prepaper drift`: in which signals a run differs from its backtest, or from another run, and why.
struct DriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Show which signals differ from the backtest's, and why.",
    discussion: """
      The signals of the run are held against those of its backtest (\(BacktestFile.intents) beside the backtest's manifest), \
      or of another run. Each that is not the same has a cause: other bars, a bar that was revised, a hole, a rule that \
      refused it here, another parameter, or a bar that the reference knew before it was there. What lies outside of \
      the run's window, or after what the backtest has seen, is counted apart, and is no drift.

      Exit code 0, or 1 where --max-drift is exceeded; 65 where the reference cannot be read, 66 where there is none.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "run-id"))
  var runId: String
  @Option(help: ArgumentHelp("Another run, in place of the backtest.", valueName: "run-id"))
  var against: String?
  @Option(
    help: ArgumentHelp("The largest share of signals that may differ, like 0.05 or 5%.", valueName: "share"))
  var maxDrift: String?
  @Option(
    help: ArgumentHelp(
      "Up to which distance two prices are the same (default: 0, but for the last digits).", valueName: "price"))
  var priceTolerance: Double = 0
  @OptionGroup var place: ArtifactsRootOptions
  @Option(help: ArgumentHelp("The same of the other run, if it is another.", valueName: "dir"))
  var otherRoot: String?
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    _ = try RunID.argument(runId, "The run id")
    _ = try against.map { try RunID.argument($0, "--against") }
    _ = try limit()
    guard priceTolerance >= 0, priceTolerance.isFinite else {
      throw ValidationError("--price-tolerance must be 0 or more.")
    }
    guard otherRoot == nil || against != nil else { throw ValidationError("--other-root belongs to --against.") }
  }

  private func limit() throws -> Double? {
    do {
      return try maxDrift.map { text throws(FieldFault) in try Share(text, "--max-drift", atMost: 1).value }
    } catch let fault {
      throw ValidationError(fault.description)
    }
  }

  func run() async throws {
    let settings = try await Settings()
    let root = try place.root(settings)
    let runID = try RunID.argument(runId, "The run id")
    let other = try against.map { text in
      (
        runID: try RunID.argument(text, "--against"),
        root: try otherRoot.map { ArtifactsRoot(path: try artifactsRootPath(flag: $0, settings: settings)) } ?? root
      )
    }
    let report = try DriftReport(of: runID, in: root, against: other, tolerance: priceTolerance)
    let exceeds = try limit().map { report.drift > $0 } ?? false
    try answer.output.end(
      json: report.members(of: runID, exceeds: exceeds), status: exceeds ? .failed : nil
    ) { report.text }
  }
}
