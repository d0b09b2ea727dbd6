package import PrepaperDomain
package import PrepaperJSON

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
  /// SHA-256 of `run_manifest.json`: the hash of the definition.
  package let manifestHash: String
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
  /// How it was proven that no signal saw the future; nil where it was not.
  package let lookahead: JSONValue?

  /// The record of one execution.
  package init(
    execution: RunExecution, runID: RunID, status: RunStatus, startedAt: UTCTimestamp, finishedAt: UTCTimestamp,
    stages: [Stage], backtestCommit: String?, manifestHash: String, artifacts: [ArtifactFile],
    signals: SignalsReceipt, orders: [Order],
    rejects: [Reject], revisions: [BarRevision] = [], lookahead: JSONValue? = nil
  ) {
    self.execution = execution
    self.runID = runID
    self.status = status
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.stages = stages
    self.backtestCommit = backtestCommit
    self.manifestHash = manifestHash
    self.artifacts = artifacts
    self.signals = signals
    self.orders = orders
    self.rejects = rejects
    self.revisions = revisions
    self.lookahead = lookahead
  }

  /// The name of the record's own hash.
  package static let hashName = "meta_hash"

  /// The record as `run_meta.json` has it.
  package var document: JSONDocument { Self.sealed(members) }

  /// A record with its hash: `meta_hash` is SHA-256 of the same without that member.
  package static func sealed(_ members: [String: JSONDocument]) -> JSONDocument {
    var digest = RunningDigest()
    CanonicalJSON.pretty(.object(members)) { digest.update($0) }
    return .object(members.merging([hashName: .value(.string(digest.hex))]) { own, _ in own })
  }

  /// Whether a record still has the hash that it names as its own.
  package static func isSealed(_ members: [String: JSONValue]) -> Bool {
    var rest = members
    return rest.removeValue(forKey: hashName) == .string(sha256Hex(CanonicalJSON.pretty(.object(rest))))
  }

  private var members: [String: JSONDocument] {
    [
      "schema_version": .value(.string(Self.schemaVersion)),
      "run_id": .value(.string(runID.description)),
      "status": .value(.string(status.rawValue)),
      "started_at": .value(.string(startedAt.rfc3339)),
      "finished_at": .value(.string(finishedAt.rfc3339)),
      "duration_seconds": .value(.double((finishedAt - startedAt).inSeconds)),
      "stages": .value(.array(stages.map(\.json))),
      "execution": .value(execution.json),
      "backtest_commit": .value(backtestCommit.map(JSONValue.string) ?? .null),
      "manifest_hash": .value(.string(manifestHash)),
      "artifacts": .value(.array(artifacts.map(\.json))),
      "signals": .value(
        .object([
          "written": .integer(Int64(signals.written)),
          "duplicates_skipped": .integer(Int64(signals.duplicatesSkipped)),
        ])),
      "evidence": evidence,
      "rejects": .list(count: rejects.count) { rejects[$0].json },
      "revisions": .list(count: revisions.count) { revisions[$0].json },
      "lookahead": .value(lookahead ?? .null),
    ]
  }

  /// The numbers behind each order, by its key.
  private var evidence: JSONDocument {
    let sorted = orders.indices.sorted { precedesByBytes(orders[$0].idempotencyKey, orders[$1].idempotencyKey) }
    // The same decision twice has the same key, and is told once.
    let once = sorted.indices.filter { place in
      place == 0 || orders[sorted[place]].idempotencyKey != orders[sorted[place - 1]].idempotencyKey
    }.map { sorted[$0] }
    return .members(count: once.count) {
      (orders[once[$0]].idempotencyKey, .object(orders[once[$0]].signal.evidence))
    }
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
