internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON

extension RunFlow {
  /// The backtest, if it ended in success or the request takes it all the same.
  func approved(_ backtest: BacktestManifest, _ request: RunRequest) throws(RunError) -> BacktestManifest {
    guard backtest.isApproved || request.allowUnapproved else {
      throw RunError(
        .backtestNotApproved,
        "backtest \(backtest.runID) ended in '\(backtest.status)', not in 'success'; choose another one, or run it "
          + "all the same with --allow-unapproved")
    }
    return backtest
  }

  /// Refuses to put another result in the place of one whose signals are in the store already.
  ///
  /// A run without signals may be replaced, and so may one that differs only in the version of prepaper or in what it
  /// has proven.
  func refuseOther(_ manifest: RunManifest, than root: ArtifactsRoot, _ runID: RunID) throws(RunError) {
    guard let bytes = try root.published(.manifest, of: runID) else { return }
    let directory = root.runDirectory(runID)
    let published: JSONValue
    do {
      published = try JSONParser.parse(bytes)
    } catch let error {
      throw RunError(
        .artifactConflict, "\(directory)/\(RunFile.manifest) is not JSON: \(error); move the directory away")
    }
    guard published["result"]?["status"]?.stringValue != RunStatus.noSignals.rawValue else { return }
    guard let path = published.firstDifference(to: manifest.json, ignoring: ["generator", "proof"]) else { return }
    throw RunError(
      .artifactConflict,
      "run \(runID) is published in \(directory) with another \(path); it is left as it is. Use another run id, or "
        + "ask for the same window with --from and --to")
  }

  /// Refuses to add to signals of the run that this result does not have.
  ///
  /// They are there where a run was cut short between its signals and its publication, and is now another one.
  func refuseMixing(_ plan: Plan, with stored: [StoredSignal], _ runID: RunID) throws(RunError) {
    let keys = Set(plan.orders.map(\.idempotencyKey))
    guard let other = stored.first(where: { !keys.contains($0.idempotencyKey) }) else { return }
    throw RunError(
      .signalsConflict,
      "the signals store has signal \(other.idempotencyKey) of run \(runID), which this result does not have; nothing "
        + "was written. Use another run id, or ask for the same window with --from and --to")
  }

  /// An order as the signals store keeps it.
  func storedSignal(_ order: Order) -> StoredSignal {
    StoredSignal(
      time: order.signal.time, symbol: order.signal.symbol, idempotencyKey: order.idempotencyKey,
      sourceTag: "prepaper_plan_intent", payloadJSON: CanonicalJSON.compactText(order.json))
  }
}
