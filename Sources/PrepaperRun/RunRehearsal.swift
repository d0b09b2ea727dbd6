package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperPipeline

/// A recorded run executed once more from its source, with as many warm-up bars as one likes: nothing is published, and
/// no signal is written.
package struct RunRehearsal: Sendable {
  /// What comes of it.
  package struct Outcome: Sendable {
    /// Where its bars came from now.
    package let provenance: BarsProvenance
    /// What the gate found.
    package let history: RunHistory
    /// What would be planned.
    package let plan: Plan
  }

  private var pass: SymbolPass

  /// Makes everything ready; no bar is asked for yet.
  ///
  /// - Parameters:
  ///   - scratch: the absolute path of a directory that is not there yet; the one above it is.
  ///   - warmUpBars: how many bars before the window there are to be.
  /// - Throws: `RunError` where the run cannot be executed at all.
  package init(
    of manifest: RunManifest, warmUpBars: Int, service: any MarketDataService, strategies: any StrategyLookup,
    clock: any RunClock, scratch: String
  ) async throws {
    let stages = StageTimes(clock: clock) { _ in }
    let scope = try RunScope(
      again: manifest, in: scratch, strategies, startedAt: stages.startedAt, warmUpBars: warmUpBars)
    pass = SymbolPass(
      scope, try await service.window(scope.windowQuery), service, files: RunFiles(scratch: scratch), stages: stages
    ) { _ in }
  }

  /// Executes it.
  ///
  /// - Throws: `RunError`; with `symbol_unknown` or `history_loading` where its source has not these bars.
  package mutating func execute() async throws -> Outcome {
    let outcome = try await pass.outcome(concurrency: 4)
    return Outcome(provenance: outcome.data.provenance, history: outcome.history, plan: outcome.plan)
  }
}
