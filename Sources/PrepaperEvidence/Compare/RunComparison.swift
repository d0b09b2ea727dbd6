package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperJSON

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
    let (first, second) = (PublishedFiles(first.0, first.1), PublishedFiles(second.0, second.1))
    plan = PlanComparison(try first.list(.plan, "orders"), try second.list(.plan, "orders"))
    definition = try Self.definition(first).changes(to: Self.definition(second))
  }

  /// Whether plans and definitions are the same.
  package var isSame: Bool { plan.isSame && definition.isEmpty }

  private static func definition(_ run: PublishedFiles) throws(RunError) -> JSONValue {
    guard case .object(var members) = try run.json(.manifest) else { return .null }
    for name in following { members[name] = nil }
    if case .object(var identity)? = members["identity"] {
      identity["run_id"] = nil
      members["identity"] = .object(identity)
    }
    return .object(members)
  }
}
