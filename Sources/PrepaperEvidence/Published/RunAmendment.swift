package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperJSON

/// Adds files about a published run to its folder: all of them at once, beside files that stay what they are.
package struct RunAmendment: Sendable {
  private let root: ArtifactsRoot
  private let runID: RunID
  private let archive: any BarArchive

  /// An amendment of a run.
  ///
  /// - Parameter archive: reads the bars of the run, for its report.
  package init(_ runID: RunID, in root: ArtifactsRoot, archive: any BarArchive) {
    self.archive = archive
    self.root = root
    self.runID = runID
  }

  /// Publishes the run with another file, where an older one of the name may stand; the run's directory.
  ///
  /// - Parameter isListed: whether `run_meta.json` lists it with its digest, and the report shows it.
  /// - Throws: `RunError` with `manifest_not_found` where the run is not published, `store_busy` where another process
  ///   writes its folder or has published it anew, and where files cannot be written.
  package func publish(_ file: RunFile, _ document: JSONDocument, isListed: Bool) throws(RunError) -> String {
    guard let paths = try root.publishedPaths(of: runID), let meta = try root.published(.meta, of: runID)
    else {
      throw RunError(.manifestNotFound, "no run \(runID) is published in \(root.runDirectory(runID))")
    }
    let staging = try StagingDirectory(root: root, runID: runID, attempt: 0)
    do throws(RunError) {
      let anew: Set<String> = isListed ? [file.name, RunFile.report.name, RunFile.meta.name] : [file.name]
      for path in paths where !anew.contains(path) {
        try staging.files.adopt(path, from: root.runDirectory(runID))
      }
      let added = try staging.files.write(to: file) { write throws(RunError) in
        try CanonicalJSON.pretty(document, write: write)
      }
      if isListed {
        let report = try ReportFile(
          PublishedFiles(root, runID), archive, sensitivity: file == .sensitivity ? document.json : nil)
        try list([added, report.write(to: staging.files)], meta, staging.files)
      }
      try staging.seal()
      guard try root.published(.meta, of: runID) == meta else {
        throw RunError(.storeBusy, "run \(runID) was published anew meanwhile; try again")
      }
      return try staging.staged.publish()
    } catch {
      try staging.staged.discard()
      throw error
    }
  }

  /// Writes `run_meta.json` with other files in its list.
  private func list(_ files: [ArtifactFile], _ meta: [UInt8], _ directory: ArtifactDirectory) throws(RunError) {
    let json: JSONValue
    do throws(JSONParseError) {
      json = try JSONParser.parse(meta)
    } catch {
      throw RunError(.manifestInvalid, "\(RunFile.meta) of run \(runID) is not JSON: \(error)")
    }
    guard case .object(var members) = json, let items = members["artifacts"]?.items else {
      throw RunError(.manifestInvalid, "\(RunFile.meta) of run \(runID) lists no artifacts")
    }
    // A new hash must not make good what somebody has edited.
    guard RunMeta.isSealed(members) else {
      throw RunError(
        .manifestInvalid, "\(RunFile.meta) of run \(runID) was edited: it is left as it is; prepaper verify tells more")
    }
    let names = Set(files.map(\.path))
    let kept = items.filter { item in item["path"]?.stringValue.map { !names.contains($0) } ?? true }
    members["artifacts"] = .array(kept + files.map(\.json))
    members[RunMeta.hashName] = nil
    let sealed = RunMeta.sealed(members.mapValues { .value($0) })
    _ = try directory.write(to: .meta) { write throws(RunError) in
      try CanonicalJSON.pretty(sealed, write: write)
    }
  }
}
