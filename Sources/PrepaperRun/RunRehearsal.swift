package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperPipeline

/// A recorded run executed once more from its source, with as many warm-up bars as one likes: nothing is published, and
/// no signal is written.
package struct RunRehearsal: Sendable {
  /// Where its bars came from now.
  package let provenance: BarsProvenance
  /// What the gate found.
  package let history: RunHistory
  /// What would be planned.
  package let plan: Plan

  /// Executes it.
  ///
  /// - Parameters:
  ///   - scratch: the absolute path of a directory that is not there yet; the one above it is.
  ///   - warmUpBars: how many bars before the window there are to be.
  /// - Throws: `RunError` where the run cannot be executed.
  package init(
    of manifest: RunManifest, warmUpBars: Int, service: any MarketDataService, strategies: any StrategyLookup,
    clock: any RunClock, scratch: String
  ) async throws {
    let stages = StageTimes(clock: clock) { _ in }
    let scope = try RunScope(
      again: manifest, in: scratch, strategies, startedAt: stages.startedAt, warmUpBars: warmUpBars)
    var pass = SymbolPass(
      scope, try await service.window(scope.windowQuery), service, files: RunFiles(scratch: scratch), stages: stages
    ) { _ in }
    let outcome = try await pass.outcome(concurrency: 4)
    provenance = outcome.data.provenance
    history = outcome.history
    plan = outcome.plan
  }
}
