import PrepaperDomain
package import PrepaperJSON

/// What is to be proven of which run.
package struct ProofOrder: Hashable, Sendable {
  /// The absolute path of the run's directory, with `bars/` in it.
  package let directory: String
  /// The whole of its `run_manifest.json`, as it is or is to be.
  package let definition: JSONValue
  /// The absolute path of a directory that may be made and written; the one above it is there.
  package let scratch: String
  /// Whether each signal is tried without the bars after it as well.
  package let provesLookahead: Bool

  /// An order of these parts.
  package init(directory: String, definition: JSONValue, scratch: String, provesLookahead: Bool) {
    self.directory = directory
    self.definition = definition
    self.scratch = scratch
    self.provesLookahead = provesLookahead
  }

  /// The order for another process.
  package var json: JSONValue {
    .object([
      "directory": .string(directory), "definition": definition, "scratch": .string(scratch),
      "lookahead": .bool(provesLookahead),
    ])
  }

  /// The order that another process has sent, or nil where it is none.
  package init?(_ json: JSONValue) {
    guard let directory = json["directory"]?.stringValue, let definition = json["definition"],
      let scratch = json["scratch"]?.stringValue
    else { return nil }
    self.init(
      directory: directory, definition: definition, scratch: scratch,
      provesLookahead: json["lookahead"] == .bool(true))
  }
}
