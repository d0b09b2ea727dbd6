internal import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
package import PrepaperPipeline

/// Executes a run again from its own bars and definition, in this process.
///
/// The bars are handed over in other pieces than the run got them in. Nothing is written but into the scratch directory.
package struct RunReplayer: RunProver {
  /// Not a power of two, as pieces usually are.
  private static let piece = 65_521

  private let strategies: any StrategyLookup
  private let archive: any BarArchive
  private let clock: any RunClock
  private let resampling: any BarResampling.Type
  private let limits: TrialLimits

  /// A replayer with the strategies of this machine.
  ///
  /// - Parameters:
  ///   - archive: reads the bars that the run has left.
  ///   - resampling: builds the strategy's bars, as in the run.
  ///   - limits: how many trials are made of its decisions.
  package init(
    strategies: any StrategyLookup = BuiltInLookup(), archive: any BarArchive, clock: any RunClock,
    resampling: any BarResampling.Type = Resampler.self, limits: TrialLimits = TrialLimits()
  ) {
    self.limits = limits
    self.resampling = resampling
    self.strategies = strategies
    self.archive = archive
    self.clock = clock
  }

  package func prove(_ order: ProofOrder) async throws -> ProofVerdict {
    let recorded = try RunManifest(order.definition, file: "\(order.directory)/\(RunFile.manifest)")
    let service = archive.service(
      over: recorded.files(in: order.directory), provenance: recorded.data.provenance, piece: Self.piece)
    let stages = StageTimes(clock: clock) { _ in }
    let scope = try RunScope(
      again: recorded, in: order.directory, strategies, startedAt: stages.startedAt, resampling: resampling)
    let window = try await service.window(scope.windowQuery)
    var pass = SymbolPass(
      scope, window, service, files: RunFiles(scratch: order.scratch), stages: stages, isReplay: true
    ) { _ in }
    let outcome = try await pass.outcome(concurrency: 1)
    let again = outcome.manifest(
      scope, ignored: recorded.strategy.ignoredParameters, proof: recorded.proof,
      generatorVersion: recorded.generatorVersion)
    let changes = order.definition.changes(to: again.json)
    if !changes.isEmpty { _ = try pass.files.write(manifest: again) }
    guard order.provesLookahead, changes.isEmpty else { return ProofVerdict(changes: changes, lookahead: nil) }
    guard let decisions = outcome.decisions, !decisions.signals.isEmpty, let last = pass.lastHistory else {
      return ProofVerdict(changes: [], lookahead: TrialTally(signals: 0).verdict)
    }
    let proof = LookaheadProof(
      scope, window, service, RunDecisions(decisions, last.closes), limits: limits, kept: last)
    return ProofVerdict(changes: [], lookahead: try await proof.verdict(orders: outcome.plan.orders.count))
  }
}

extension RunManifest {
  fileprivate func files(in directory: String) -> [Symbol: ArchivedBars] {
    Dictionary(
      inputs.bars.map { file in
        (
          file.symbol,
          ArchivedBars(
            path: "\(directory)/\(file.path)", timeframe: data.baseTimeframe)
        )
      }, uniquingKeysWith: { first, _ in first })
  }
}
