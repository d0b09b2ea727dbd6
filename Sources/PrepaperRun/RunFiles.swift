internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON

/// Writes a run's files into its staging directory, which is made for the first of them, and keeps count of them.
struct RunFiles {
  /// The directory in a staging directory that a replay writes to.
  private static let replay = "replay"

  private enum Place {
    case staging(ArtifactsRoot, RunID, attempt: Int64)
    case scratch(String)
  }

  private let place: Place
  private var staging: StagingDirectory?
  private var made: ArtifactDirectory?
  /// What is written so far.
  private(set) var written: [ArtifactFile] = []

  /// - Parameter attempt: the attempt's number, 0 for a run outside the queue.
  init(root: ArtifactsRoot, runID: RunID, attempt: Int64) {
    place = .staging(root, runID, attempt: attempt)
  }

  /// Files in a directory that nobody publishes; the bars, of which there are many, are only hashed.
  init(scratch path: String) {
    place = .scratch(path)
  }

  /// Makes all of it durable, ready to be published.
  ///
  /// - Throws: `RunError`, also where the files are in no staging directory.
  mutating func seal() throws(RunError) -> StagingDirectory {
    _ = try directory()
    guard let staging else { throw RunError(.unexpected, "files of a replay cannot be published") }
    try staging.seal()
    return staging
  }

  /// Removes what is written.
  func discard() throws(RunError) {
    try staging?.staged.discard()
  }

  /// Keeps what is written for reading; the path of it.
  func setAside() throws(RunError) -> String? { try staging?.staged.setAside() }

  /// What executes the run again gets these paths: where its files are, and where it may write.
  mutating func replayPaths() throws(RunError) -> (directory: String, scratch: String) {
    let path = try directory().path
    return (path, "\(path)/\(Self.replay)")
  }

  /// Removes what a replay has written.
  mutating func removeReplay() throws(RunError) {
    try directory().remove(directory: Self.replay)
  }

  /// `plan.json` and `signals_export.json`.
  mutating func write(plan: Plan) throws(RunError) -> RunManifest.Outputs {
    let planFile = try write(plan.document, to: .plan)
    let exportFile = try write(export(of: plan), to: .signalsExport)
    return RunManifest.Outputs(
      planHash: planFile.sha256, signals: plan.orders.count, orders: plan.orders.count,
      signalsExportHash: exportFile.sha256)
  }

  /// `bars/SYMBOL.TF.csv`: the base bars, from which everything else of the run follows.
  mutating func write(bars series: BarSeries) throws(RunError) -> RunManifest.BarsFile {
    let path = "bars/\(series.symbol).\(series.timeframe.rawValue).csv"
    if case .scratch = place {
      var digest = RunningDigest()
      writeBarsFile(series) { digest.update($0) }
      return RunManifest.BarsFile(symbol: series.symbol, path: path, rows: series.count, sha256: digest.hex)
    }
    let file = try directory().write(to: path) { write throws(RunError) in try writeBarsFile(series, write: write) }
    written.append(file)
    return RunManifest.BarsFile(symbol: series.symbol, path: path, rows: series.count, sha256: file.sha256)
  }

  /// `run_manifest.json`; its SHA-256.
  mutating func write(manifest: RunManifest) throws(RunError) -> String {
    try write(.value(manifest.json), to: .manifest).sha256
  }

  /// Notes files that somebody else has written into the directory.
  mutating func note(_ files: [ArtifactFile]) { written += files }

  /// Keeps the attestation of a published run whose definition is the same.
  mutating func keepAttestation(of runID: RunID, in root: ArtifactsRoot, manifestHash: String) throws(RunError) {
    guard let bytes = try root.published(.manifest, of: runID), sha256Hex(bytes) == manifestHash,
      try root.published(.attestation, of: runID) != nil
    else { return }
    try directory().adopt(RunFile.attestation.name, from: root.runDirectory(runID))
  }

  /// `run_meta.json`.
  mutating func write(meta: RunMeta) throws(RunError) {
    _ = try write(meta.document, to: .meta)
  }

  /// The signals as the store gives them back: by instant, symbol, key.
  private func export(of plan: Plan) -> JSONDocument {
    let sorted = plan.orders.indices.sorted { left, right in
      let (left, right) = (plan.orders[left], plan.orders[right])
      let (first, second) = (left.signal, right.signal)
      if first.time != second.time { return first.time < second.time }
      if first.symbol != second.symbol { return first.symbol < second.symbol }
      return left.idempotencyKey.utf8.lexicographicallyPrecedes(right.idempotencyKey.utf8)
    }
    return .object([
      "schema_version": .value(.string("1.0.0")),
      "signals": .list(count: sorted.count) { index in
        let order = plan.orders[sorted[index]]
        return .object([
          "ts": .string(order.signal.time.iso8601), "symbol": .string(order.signal.symbol.description),
          "idempotency_key": .string(order.idempotencyKey), "source_tag": .string("prepaper_plan_intent"),
          "payload": order.json,
        ])
      },
    ])
  }

  private mutating func write(_ document: JSONDocument, to path: RunFile) throws(RunError) -> ArtifactFile {
    let file = try directory().write(to: path) { write throws(RunError) in
      try CanonicalJSON.pretty(document, write: write)
    }
    written.append(file)
    return file
  }

  /// Where they are, made where it is not there yet.
  mutating func directory() throws(RunError) -> ArtifactDirectory {
    if let made { return made }
    let directory: ArtifactDirectory
    switch place {
    case .scratch(let path): directory = try ArtifactDirectory(path: path)
    case .staging(let root, let runID, let attempt):
      let staging = try StagingDirectory(root: root, runID: runID, attempt: attempt)
      self.staging = staging
      directory = staging.files
    }
    made = directory
    return directory
  }
}
