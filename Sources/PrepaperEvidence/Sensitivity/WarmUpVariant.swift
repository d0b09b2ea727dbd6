internal import PrepaperArtifacts
import PrepaperDomain
package import PrepaperJSON

/// What a run would have planned with more warm-up bars.
package struct WarmUpVariant: Sendable {
  /// What came of it.
  package enum Outcome: Sendable {
    /// The plan, held against the run's own.
    case planned(PlanComparison)
    /// The source does not have the bars, in words.
    case notAvailable(String)
  }

  /// How many times the run's warm-up; 1 is the run once more, from the source as it is now.
  package let factor: Int
  /// How many bars that is.
  package let warmUpBars: Int
  package let outcome: Outcome

  /// `same`, `differs` or `not_available`.
  package var status: String {
    switch outcome {
    case .planned(let comparison): comparison.isSame ? "same" : "differs"
    case .notAvailable: "not_available"
    }
  }

  /// The variant as `sensitivity.json` has it.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "factor": .integer(Int64(factor)), "warmup_bars": .integer(Int64(warmUpBars)), "status": .string(status),
      "reason": .null, "same": .integer(0), "added": .array([]), "removed": .array([]), "changed": .array([]),
    ]
    switch outcome {
    case .notAvailable(let reason): members["reason"] = .string(reason)
    case .planned(let comparison):
      members["same"] = .integer(Int64(comparison.same))
      members["added"] = .array(comparison.added)
      members["removed"] = .array(comparison.removed)
      members["changed"] = .array(
        comparison.changed.map { changed in
          .object(["order": changed.order, "changes": .array(changed.changes.map(\.json))])
        })
    }
    return .object(members)
  }
}
