package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperJSON
package import PrepaperPipeline
import PrepaperRun

/// How the plan of a published run depends on the length of its warm-up: the same run with once, twice and four times as
/// many bars before the window, from its source as it is now.
package struct WarmUpSensitivity: Sendable {
  /// The version of `sensitivity.json`.
  package static let schemaVersion = "1.0.0"
  /// How many times the warm-up is tried.
  private static let factors = [1, 2, 4]

  /// How many warm-up bars the run had.
  package let warmUpBars: Int
  package let variants: [WarmUpVariant]

  /// Executes the variants; nothing is published.
  ///
  /// - Parameters:
  ///   - service: the run's own provider and source.
  ///   - scratch: the absolute path of a directory that is there and may be written.
  ///   - tell: hears which variant is worked on.
  /// - Throws: `RunError` with `manifest_not_found` where the run is not published, `params_invalid` where the service is
  ///   not that of the run, and where the run cannot be executed.
  package init(
    of runID: RunID, in root: ArtifactsRoot, service: any MarketDataService, strategies: any StrategyLookup,
    clock: any RunClock, scratch: String, tell: (Int) -> Void
  ) async throws {
    let files = PublishedFiles(root, runID)
    let manifest = try files.manifest
    let orders = try files.list(.plan, "orders")
    warmUpBars = manifest.data.warmUpBars
    var variants: [WarmUpVariant] = []
    for factor in Self.factors {
      tell(factor)
      let bars = warmUpBars * factor
      var rehearsal = try await RunRehearsal(
        of: manifest, warmUpBars: bars, service: service, strategies: strategies, clock: clock,
        scratch: "\(scratch)/\(factor)")
      let outcome = try await Self.outcome(manifest, orders, of: &rehearsal)
      variants.append(WarmUpVariant(factor: factor, warmUpBars: bars, outcome: outcome))
    }
    self.variants = variants
  }

  /// The report as `sensitivity.json` has it.
  package var json: JSONValue {
    .object([
      "schema_version": .string(Self.schemaVersion), "base_warmup_bars": .integer(Int64(warmUpBars)),
      "variants": .array(variants.map(\.json)),
    ])
  }

  private static func outcome(
    _ manifest: RunManifest, _ orders: [JSONValue], of rehearsal: inout RunRehearsal
  ) async throws -> WarmUpVariant.Outcome {
    let rehearsed: RunRehearsal.Outcome
    do {
      rehearsed = try await rehearsal.execute()
    } catch let error as RunError where [.symbolUnknown, .historyLoading, .paramsInvalid].contains(error.code) {
      return .notAvailable(error.message)
    }
    guard rehearsed.provenance == manifest.data.provenance else {
      throw RunError(
        .paramsInvalid,
        "the run's bars are of \(words(manifest.data.provenance)), those of the settings of "
          + "\(words(rehearsed.provenance)); set MARKETDATA_PROVIDER and BARS_SOURCE as they were")
    }
    guard rehearsed.history.isEnough else { return .notAvailable(rehearsed.history.reason ?? "too little history") }
    return .planned(PlanComparison(orders, rehearsed.plan.orders.map(\.json)))
  }

  private static func words(_ provenance: BarsProvenance) -> String {
    "\(provenance.provider)/\(provenance.source)"
  }
}
