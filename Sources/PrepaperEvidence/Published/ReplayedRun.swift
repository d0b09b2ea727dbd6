package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperJSON
package import PrepaperRun

/// A published run that was executed again, file by file.
package struct ReplayedRun: Sendable {
  /// Each of its files, and whether it came out the same; the look-ahead proof where it was asked for.
  package let checks: [RunCheck]
  /// Members of its definition that came out another way.
  package let changes: [JSONChange]
  /// What came of its signals without the bars after them, where they were tried.
  package let lookahead: LookaheadVerdict?
  /// The version of prepaper that made the run.
  package let generatorVersion: String

  /// Whether all of it came out the same.
  package var holds: Bool { checks.allSatisfy(\.holds) }

  /// Executes a published run again; nil where there is no such run.
  ///
  /// - Parameter scratch: the absolute path of a directory that is not there yet, where what differs is left.
  /// - Throws: `RunError` where it cannot be tried.
  package init?(
    _ runID: RunID, root: ArtifactsRoot, prover: some RunProver, scratch: String, provesLookahead: Bool
  ) async throws {
    guard let bytes = try root.published(.manifest, of: runID) else { return nil }
    let directory = root.runDirectory(runID)
    let definition: JSONValue
    do {
      definition = try JSONParser.parse(bytes)
    } catch let error {
      throw RunError(.manifestInvalid, "\(directory)/\(RunFile.manifest) is not JSON: \(error)")
    }
    let manifest = try RunManifest(definition, file: "\(directory)/\(RunFile.manifest)")
    let verdict = try await prover.prove(
      ProofOrder(
        directory: directory, definition: definition, scratch: scratch,
        provesLookahead: provesLookahead))
    changes = verdict.changes
    lookahead = verdict.lookahead
    generatorVersion = manifest.generatorVersion
    var checks: [RunCheck] = []
    for file in manifest.files {
      let published = try root.published(file.path, of: runID).map { sha256Hex($0) }
      checks.append(RunCheck(file.path, Self.problem(file, published: published, verdict.changes)))
    }
    let others = verdict.changes.map(\.path).first
    checks.append(RunCheck(RunFile.manifest.name, others.map { "came out with another \($0)" }))
    if let lookahead { checks.append(RunCheck("look-ahead", lookahead.violation)) }
    self.checks = checks
  }

  private static func problem(
    _ file: RunManifest.ListedFile, published: String?, _ changes: [JSONChange]
  ) -> String? {
    guard let published else { return "is not there" }
    if published != file.sha256 { return "is not the file that the manifest names; prepaper verify tells more" }
    let change = changes.first { $0.before == .string(file.sha256) }
    return change.map { "came out with the hash \($0.after?.stringValue ?? "of none"), it has \(file.sha256)" }
  }
}
