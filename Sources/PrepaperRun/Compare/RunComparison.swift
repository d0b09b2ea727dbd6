package import PrepaperArtifacts
package import PrepaperDomain

/// Two published runs held against each other: their plans by meaning, their definitions member by member.
package struct RunComparison: Sendable {
  /// Parts of a definition that must differ between two runs, or follow from their plans.
  private static let following: Set<String> = ["outputs", "proof"]

  /// The plans.
  package let plan: PlanComparison
  /// What goes into the runs and is not the same; their ids left out.
  package let definition: [JSONChange]

  /// Reads and compares two runs, each below a root of its own.
  ///
  /// - Throws: `RunError` with `manifest_not_found` where a run is not published, `manifest_invalid` where a file of it
  ///   is not what it should be.
  package init(_ first: (ArtifactsRoot, RunID), _ second: (ArtifactsRoot, RunID)) throws(RunError) {
    plan = PlanComparison(try Self.orders(first), try Self.orders(second))
    definition = try Self.definition(first).changes(to: Self.definition(second))
  }

  /// Whether plans and definitions are the same.
  package var isSame: Bool { plan.isSame && definition.isEmpty }

  private static func orders(_ run: (ArtifactsRoot, RunID)) throws(RunError) -> [JSONValue] {
    guard case .array(let orders)? = try read("plan.json", run)["orders"] else {
      throw RunError(
        .manifestInvalid, "\(run.0.runDirectory(run.1))/plan.json has no orders; prepaper verify tells more")
    }
    return orders
  }

  private static func definition(_ run: (ArtifactsRoot, RunID)) throws(RunError) -> JSONValue {
    guard case .object(var members) = try read("run_manifest.json", run) else { return .null }
    for name in following { members[name] = nil }
    if case .object(var identity)? = members["identity"] {
      identity["run_id"] = nil
      members["identity"] = .object(identity)
    }
    return .object(members)
  }

  private static func read(_ file: String, _ run: (ArtifactsRoot, RunID)) throws(RunError) -> JSONValue {
    let (root, runID) = run
    guard let bytes = try root.published(file, of: runID) else {
      throw RunError(.manifestNotFound, "no run \(runID) is published in \(root.runDirectory(runID))")
    }
    do {
      return try JSONParser.parse(bytes)
    } catch let error {
      throw RunError(.manifestInvalid, "\(root.runDirectory(runID))/\(file) is not JSON: \(error)")
    }
  }
}
