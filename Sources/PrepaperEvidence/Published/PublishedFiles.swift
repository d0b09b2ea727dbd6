internal import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// The files of a published run, read as what they are.
struct PublishedFiles: Sendable {
  private let root: ArtifactsRoot
  private let runID: RunID

  init(_ root: ArtifactsRoot, _ runID: RunID) {
    self.root = root
    self.runID = runID
  }

  /// What the run is.
  ///
  /// - Throws: `RunError` with `manifest_not_found` or `manifest_invalid`.
  var manifest: RunManifest {
    get throws(RunError) {
      try RunManifest(json(.manifest), file: "\(root.runDirectory(runID))/\(RunFile.manifest)")
    }
  }

  /// A file of JSON.
  ///
  /// - Throws: `RunError` with `manifest_not_found` or `manifest_invalid`.
  func json(_ file: RunFile) throws(RunError) -> JSONValue {
    guard let bytes = try root.published(file, of: runID) else {
      throw RunError(.manifestNotFound, "no run \(runID) is published in \(root.runDirectory(runID))")
    }
    do {
      return try JSONParser.parse(bytes)
    } catch let error {
      throw RunError(.manifestInvalid, "\(root.runDirectory(runID))/\(file) is not JSON: \(error)")
    }
  }

  /// A file of JSON, or nil where there is none.
  ///
  /// - Throws: `RunError` with `manifest_invalid`.
  func jsonIfThere(_ file: RunFile) throws(RunError) -> JSONValue? {
    try root.published(file, of: runID) == nil ? nil : json(file)
  }

  /// The SHA-256 of a file.
  func hash(_ file: RunFile) throws(RunError) -> String { sha256Hex(try root.published(file, of: runID) ?? []) }

  /// The items of a list in a file.
  func list(_ file: RunFile, _ member: String) throws(RunError) -> [JSONValue] {
    guard let items = try json(file)[member]?.items else {
      throw RunError(
        .manifestInvalid, "\(root.runDirectory(runID))/\(file) has no \(member); prepaper verify tells more")
    }
    return items
  }

  /// The decisions in a list of orders.
  func signals(
    _ file: RunFile, _ member: String, order: (JSONValue) -> JSONValue? = { $0 }
  ) throws(RunError) -> [DriftSignal] {
    let items = try list(file, member)
    let signals = items.compactMap { order($0).flatMap(DriftSignal.init(order:)) }
    guard signals.count == items.count else {
      throw RunError(
        .manifestInvalid,
        "\(root.runDirectory(runID))/\(file) has an order that is none; prepaper verify tells more")
    }
    return signals
  }

  /// The base bars that it saw.
  func bars(_ manifest: RunManifest, _ archive: any BarArchive) -> RecordedBars {
    let (root, runID) = (root, runID)
    return RecordedBars(manifest, archive, directory: root.runDirectory(runID)) { file throws(RunError) in
      try root.published(file, of: runID)
    }
  }
}
