package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// Holds a published run against what it says of itself, file by file, and against the signals store.
///
/// - every file against the digest in the manifest, the manifest against its hash in `run_meta.json`, that against its own
/// - the orders' keys against the orders, the plan against the export and against the rows of the store
/// - the backtest that it started from against the hash of it
package struct RunVerifier: Sendable {
  /// Gives a run's signals as a store has them, with the store's path; the manifest says which provider wrote them.
  package typealias SignalsLookup =
    @Sendable (RunID, _ provider: String) async throws -> (
      path: String, signals: [StoredSignal]
    )

  /// Files that are in no list with their digest: the lists themselves, and what proves itself by its signature.
  private static let unlisted: Set<String> = [RunFile.manifest.name, RunFile.meta.name, RunFile.attestation.name]
  /// Files that are about the run: they follow from the manifest, so `run_meta.json` lists them.
  private static let about: Set<String> = [RunFile.report.name, RunFile.drift.name, RunFile.sensitivity.name]

  private let root: ArtifactsRoot
  private let key: AttestationPublicKey?
  private let signals: SignalsLookup

  /// A verifier of the runs below a root.
  ///
  /// - Parameter key: whose signature their attestations must have; nil looks at no signature.
  package init(root: ArtifactsRoot, key: AttestationPublicKey? = nil, signals: @escaping SignalsLookup) {
    self.root = root
    self.key = key
    self.signals = signals
  }

  /// Everything about a run that can be looked at, in a fixed order; nil where no such run is published.
  ///
  /// - Throws: `RunError` where a file is there and cannot be read.
  package func checks(of runID: RunID) async throws -> [RunCheck]? {
    guard let paths = try root.publishedPaths(of: runID) else { return nil }
    let file = RunFile.manifest.name
    guard let bytes = try root.published(.manifest, of: runID) else { return [RunCheck(file, "is not there")] }
    let json: JSONValue
    switch canonical(bytes) {
    case .success(let value): json = value
    case .failure(let problem): return [RunCheck(file, problem.words)]
    }
    let meta = try meta(runID, manifestHash: sha256Hex(bytes), status: json["result"]?["status"])
    let manifest: RunManifest
    do throws(JSONFault) {
      manifest = try RunManifest(json)
    } catch {
      return [RunCheck(file, "\(error)"), meta.check]
    }
    var checks = [RunCheck(file, identityProblem(manifest, runID)), meta.check]
    for file in manifest.files { checks.append(try check(file, of: runID, "the manifest")) }
    let about = meta.files.filter { Self.about.contains($0.path) }
    for file in about {
      let listed = RunManifest.ListedFile(path: file.path, sha256: file.sha256, rows: nil)
      checks.append(try check(listed, of: runID, RunFile.meta.name))
    }
    checks.append(RunCheck("marketdata_data_hash", marketDataProblem(manifest.inputs)))
    checks.append(RunCheck("files", listProblem(paths, manifest.files.map(\.path) + about.map(\.path))))
    checks.append(try backtest(manifest))
    let digests = Dictionary(
      manifest.files.map { ($0.path, $0.sha256) } + [(file, sha256Hex(bytes))],
      uniquingKeysWith: { first, _ in first })
    let attestation = AttestationCheck(root: root, key: key)
    if let check = try attestation.check(of: runID, manifest: json, digests: digests) { checks.append(check) }
    guard let plan = try self.json(.plan, runID)?["orders"]?.items else {
      return checks + [RunCheck("orders", "\(RunFile.plan) has no orders that can be read")]
    }
    let orders = PlannedOrders(plan)
    checks.append(RunCheck("orders", orders.problem ?? orders.countProblem(manifest.outputs)))
    checks.append(RunCheck("export", orders.exportProblem(try self.json(.signalsExport, runID))))
    checks.append(try await signalsCheck(orders, runID, manifest))
    return checks
  }

  private func identityProblem(_ manifest: RunManifest, _ runID: RunID) -> String? {
    manifest.runID == runID ? nil : "is that of \(manifest.runID), and stands in the folder of \(runID)"
  }

  /// Whether `run_meta.json` is what it was, and the files that it lists.
  private func meta(
    _ runID: RunID, manifestHash: String, status: JSONValue?
  ) throws(RunError) -> (check: RunCheck, files: [ArtifactFile]) {
    let name = RunFile.meta.name
    guard let bytes = try root.published(.meta, of: runID) else { return (RunCheck(name, "is not there"), []) }
    guard case .success(.object(let members)) = canonical(bytes) else {
      return (RunCheck(name, "is not canonical JSON any more: it was edited"), [])
    }
    let files = (members["artifacts"]?.items ?? []).compactMap(ArtifactFile.init)
    guard RunMeta.isSealed(members) else {
      return (RunCheck(name, "does not have the hash that it names as its own: it was edited"), files)
    }
    return (definition(members, manifestHash: manifestHash, status: status), files)
  }

  private func definition(_ members: [String: JSONValue], manifestHash: String, status: JSONValue?) -> RunCheck {
    guard members["manifest_hash"] == .string(manifestHash) else {
      return RunCheck(
        "definition",
        "\(RunFile.manifest) has the hash \(manifestHash), but the run was of "
          + "\(members["manifest_hash"]?.stringValue ?? "another"): it was edited")
    }
    return RunCheck("definition", members["status"] == status ? nil : "\(RunFile.meta) names another status")
  }

  private func check(_ file: RunManifest.ListedFile, of runID: RunID, _ list: String) throws(RunError) -> RunCheck {
    guard let bytes = try root.published(file.path, of: runID) else { return RunCheck(file.path, "is not there") }
    let hash = sha256Hex(bytes)
    guard hash == file.sha256 else {
      return RunCheck(file.path, "has the hash \(hash), \(list) says \(file.sha256)")
    }
    guard let rows = file.rows else { return RunCheck(file.path, nil) }
    let found = bytes.count { $0 == UInt8(ascii: "\n") } - 1
    return RunCheck(file.path, found == rows ? nil : "has \(found) bars, the manifest says \(rows)")
  }

  private func marketDataProblem(_ inputs: RunManifest.Inputs) -> String? {
    let hash = RunManifest.BarsFile.hash(of: inputs.bars)
    return hash == inputs.marketDataHash
      ? nil : "of the bars listed is \(hash), the manifest says \(inputs.marketDataHash)"
  }

  private func listProblem(_ paths: [String], _ listed: [String]) -> String? {
    let known = Self.unlisted.union(listed)
    return paths.first { !known.contains($0) }.map { "\($0) is no file of this run" }
  }

  private func backtest(_ manifest: RunManifest) throws(RunError) -> RunCheck {
    let (id, named) = (manifest.backtestRunID, manifest.inputs.backtestHash)
    do {
      let hash = try root.backtest(id).digest
      return RunCheck("backtest", hash == named ? nil : "\(id) has the hash \(hash) now, the run began from \(named)")
    } catch {
      return RunCheck("backtest", error.message)
    }
  }

  private func signalsCheck(
    _ orders: PlannedOrders, _ runID: RunID, _ manifest: RunManifest
  ) async throws -> RunCheck {
    do {
      let (path, rows) = try await signals(runID, manifest.data.provenance.provider)
      return RunCheck("signals", orders.problem(with: rows).map { "\(path): \($0)" })
    } catch let error as RunError {
      return RunCheck("signals", error.message)
    }
  }

  private func json(_ file: RunFile, _ runID: RunID) throws(RunError) -> JSONValue? {
    guard let bytes = try root.published(file, of: runID) else { return nil }
    if case .success(let value) = canonical(bytes) { return value }
    return nil
  }

  /// Why bytes are not what `CanonicalJSON` writes.
  private struct NotCanonical: Error {
    let words: String
  }

  private func canonical(_ bytes: [UInt8]) -> Result<JSONValue, NotCanonical> {
    do throws(JSONParseError) {
      let value = try JSONParser.parse(bytes)
      return CanonicalJSON.pretty(value) == bytes
        ? .success(value) : .failure(NotCanonical(words: "is not canonical JSON any more: it was edited"))
    } catch {
      return .failure(NotCanonical(words: "is not JSON: \(error)"))
    }
  }
}
