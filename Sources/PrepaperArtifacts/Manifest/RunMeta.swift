package import PrepaperDomain

/// `run_meta.json`: how a run went this time.
///
/// Nothing in it belongs to the definition.
package struct RunMeta: Sendable {
  /// The version of the form.
  package static let schemaVersion = "1.0.0"

  /// How long a stage took and how many bars went through it.
  package struct Stage: Sendable {
    package let stage: RunStage
    package let duration: Duration
    package let bars: Int?

    /// A stage's time.
    package init(stage: RunStage, duration: Duration, bars: Int?) {
      self.stage = stage
      self.duration = duration
      self.bars = bars
    }
  }

  /// Who executes, and where.
  package let execution: RunExecution
  /// The run.
  package let runID: RunID
  /// How it ended.
  package let status: RunStatus
  /// When it began and when its signals were written.
  package let startedAt, finishedAt: UTCTimestamp
  /// Its stages, in order.
  package let stages: [Stage]
  /// The commit that the backtest was made with, where its manifest says so.
  package let backtestCommit: String?
  /// The files beside this one, relative to the run's directory.
  package let artifacts: [ArtifactFile]
  /// What became of the signals.
  package let signals: SignalsReceipt
  /// The orders, for the numbers behind each of them.
  package let orders: [Order]
  /// The patterns that were seen and not taken.
  package let rejects: [Reject]
  /// Bars that their source gave again with other numbers.
  package let revisions: [BarRevision]

  /// The record of one execution.
  package init(
    execution: RunExecution, runID: RunID, status: RunStatus, startedAt: UTCTimestamp, finishedAt: UTCTimestamp,
    stages: [Stage], backtestCommit: String?, artifacts: [ArtifactFile], signals: SignalsReceipt, orders: [Order],
    rejects: [Reject], revisions: [BarRevision] = []
  ) {
    self.execution = execution
    self.runID = runID
    self.status = status
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.stages = stages
    self.backtestCommit = backtestCommit
    self.artifacts = artifacts
    self.signals = signals
    self.orders = orders
    self.rejects = rejects
    self.revisions = revisions
  }

  /// The record as `run_meta.json` has it.
  package var json: JSONValue {
    .object([
      "schema_version": .string(Self.schemaVersion),
      "run_id": .string(runID.description),
      "status": .string(status.rawValue),
      "started_at": .string(startedAt.rfc3339),
      "finished_at": .string(finishedAt.rfc3339),
      "duration_seconds": .double((finishedAt - startedAt).inSeconds),
      "stages": .array(stages.map(\.json)),
      "execution": execution.json,
      "backtest_commit": backtestCommit.map(JSONValue.string) ?? .null,
      "artifacts": .array(artifacts.map { .string($0.path) }),
      "signals": .object([
        "written": .integer(Int64(signals.written)),
        "duplicates_skipped": .integer(Int64(signals.duplicatesSkipped)),
      ]),
      "evidence": .object(
        Dictionary(
          orders.map { ($0.idempotencyKey, .object($0.signal.evidence)) }, uniquingKeysWith: { first, _ in first })),
      "rejects": .array(rejects.map(\.json)),
      "revisions": .array(revisions.map(\.json)),
    ])
  }
}

extension RunMeta.Stage {
  fileprivate var json: JSONValue {
    let seconds = duration.inSeconds
    return .object([
      "stage": .string(stage.rawValue),
      "seconds": .double(seconds),
      "bars": bars.map { .integer(Int64($0)) } ?? .null,
      "bars_per_second": bars.flatMap { seconds > 0 ? .double((Double($0) / seconds).rounded()) : nil } ?? .null,
    ])
  }
}
