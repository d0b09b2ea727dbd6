import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON

/// `prepaper sensitivity`: whether a run's signals depend on how long its warm-up was.
struct SensitivityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Show what twice and four times the warm-up would change.",
    discussion: """
      The run is executed again from its source with once, twice and four times its warm-up bars, where the source has \
      them, and each plan is held against the run's. Once as many tells whether the source still has the same bars. No \
      signal is written. The table is kept as sensitivity.json in the run's folder, and its report shows it.

      MARKETDATA_PROVIDER and BARS_SOURCE must be what they were.

      Exit code 0, whatever changes; 65 where the settings name another source, 66 where the run is not published.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "run-id"))
  var runId: String
  @OptionGroup var place: ArtifactsRootOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws { _ = try RunID.argument(runId, "The run id") }

  func run() async throws {
    let settings = try await Settings()
    let runID = try RunID.argument(runId, "The run id")
    let root = try place.root(settings)
    let progress = TerminalProgress(answer.output, environment: settings.environment)
    let done = try await SensitivityOfRun(runID, in: root, settings, observe: { answer.output.say($0) }) { factor in
      progress.show("sensitivity", factor, of: 4, "times the warm-up")
    }
    progress.clear()
    answer.output.print(json: done.sensitivity.members(of: runID)) {
      done.sensitivity.text + "\nkept in \(done.file)"
    }
  }
}

extension WarmUpSensitivity {
  fileprivate func members(of runID: RunID) -> [String: JSONValue] {
    guard case .object(var members) = json else { return [:] }
    members["run_id"] = .string(runID.description)
    return members
  }

  fileprivate var text: String {
    var table = Table(["WARM-UP", "BARS", "PLAN", "SAME", "ADDED", "REMOVED", "CHANGED", "WHY"])
    var lines: [String] = []
    for variant in variants {
      switch variant.outcome {
      case .notAvailable(let reason):
        table.add(["\(variant.factor)x", "\(variant.warmUpBars)", variant.status, "-", "-", "-", "-", reason])
      case .planned(let plan):
        let counts = [plan.same, plan.added.count, plan.removed.count, plan.changed.count].map { "\($0)" }
        table.add(["\(variant.factor)x", "\(variant.warmUpBars)", variant.status] + counts + ["-"])
        lines += plan.lines.map { "\(variant.factor)x  \($0)" }
      }
    }
    return ([table.text] + lines).joined(separator: "\n")
  }
}
