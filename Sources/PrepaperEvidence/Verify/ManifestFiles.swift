import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// The files that a run's manifest lists, with their digests.
struct ManifestFiles {
  /// One of them.
  struct File {
    let path, sha256: String
    /// How many bars it has; nil for one without bars.
    var rows: Int?
  }

  let files: [File]
  let bars: [RunDefinition.BarsFile]
  /// What is wrong with the list, or nil.
  let problem: String?

  /// - Parameter manifest: the whole of `run_manifest.json`.
  init(_ manifest: JSONValue) {
    let outputs = manifest["outputs"]
    var problem: String?
    let hashed = [(RunFile.plan.name, "plan_hash"), (RunFile.signalsExport.name, "signals_export_hash")]
    var files: [File] = []
    for (path, name) in hashed {
      if let hash = outputs?[name]?.stringValue {
        files.append(File(path: path, sha256: hash))
      } else {
        problem = "has no outputs.\(name)"
      }
    }
    var bars: [RunDefinition.BarsFile] = []
    if case .array(let entries)? = manifest["inputs"]?["bars"] {
      for entry in entries {
        if let file = RunDefinition.BarsFile(entry) {
          bars.append(file)
        } else {
          problem = "lists a file of bars that cannot be one of a run"
        }
      }
    } else {
      problem = "has no inputs.bars"
    }
    self.files = files + bars.map { File(path: $0.path, sha256: $0.sha256, rows: $0.rows) }
    self.bars = bars
    self.problem = problem
  }
}
