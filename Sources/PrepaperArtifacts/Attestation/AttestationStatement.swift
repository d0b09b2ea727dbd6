import PrepaperDomain
package import PrepaperJSON

/// What is said of a run that was promoted: an in-toto Statement v1.
///
/// Its subjects are the files by their digests, its predicate the run's definition and the policy that it passed.
package struct AttestationStatement: Hashable, Sendable {
  private static let type = "https://in-toto.io/Statement/v1"
  private static let predicateType = "urn:prepaper:promotion:v1"

  /// SHA-256 of each file by its name.
  package let subjects: [String: String]
  /// The whole of `run_manifest.json`.
  package let definition: JSONValue
  /// The rules that the run has passed.
  package let policy: JSONValue

  /// A statement of these parts.
  package init(subjects: [String: String], definition: JSONValue, policy: JSONValue) {
    self.subjects = subjects
    self.definition = definition
    self.policy = policy
  }

  /// The statement as it is signed.
  package var json: JSONValue {
    .object([
      "_type": .string(Self.type),
      "subject": .array(
        subjects.sorted { precedesByBytes($0.key, $1.key) }.map { name, sha256 in
          .object(["name": .string(name), "digest": .object(["sha256": .string(sha256)])])
        }),
      "predicateType": .string(Self.predicateType),
      "predicate": .object(["definition": definition, "policy": policy]),
    ])
  }

  /// The statement in JSON, or nil where it is none of a promotion.
  package init?(_ json: JSONValue) {
    guard json["_type"]?.stringValue == Self.type, json["predicateType"]?.stringValue == Self.predicateType,
      case .array(let items)? = json["subject"], let definition = json["predicate"]?["definition"],
      let policy = json["predicate"]?["policy"]
    else { return nil }
    var subjects: [String: String] = [:]
    for item in items {
      guard let name = item["name"]?.stringValue, let sha256 = item["digest"]?["sha256"]?.stringValue,
        subjects.updateValue(sha256, forKey: name) == nil
      else { return nil }
    }
    self.init(subjects: subjects, definition: definition, policy: policy)
  }
}
