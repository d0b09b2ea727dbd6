import PrepaperDomain

extension RunManifest {
  /// A file that the manifest lists with its digest.
  package struct ListedFile: Hashable, Sendable {
    /// Relative to the run's directory.
    package let path: String
    package let sha256: String
    /// How many bars it has; nil for one without bars.
    package let rows: Int?

    /// A file with its digest.
    package init(path: String, sha256: String, rows: Int?) {
      self.path = path
      self.sha256 = sha256
      self.rows = rows
    }
  }

  /// The files that the manifest lists: the plan, the export of the signals, and the bars.
  package var files: [ListedFile] {
    [
      ListedFile(path: RunFile.plan.name, sha256: outputs.planHash, rows: nil),
      ListedFile(path: RunFile.signalsExport.name, sha256: outputs.signalsExportHash, rows: nil),
    ] + inputs.bars.map { ListedFile(path: $0.path, sha256: $0.sha256, rows: $0.rows) }
  }
}
