import PrepaperDomain
import PrepaperJSON

/// One run of a bulk submission: an object with the names of the flags as keys, and no others.
struct BulkLine {
  /// What is said about the run, and how its job is to be treated.
  let request: [RequestMember: JSONValue]
  let job: JobFields

  /// - Throws: `FieldFault` where it is no such object.
  init(_ line: [UInt8]) throws(FieldFault) {
    let json: JSONValue
    do {
      json = try JSONParser.parse(line)
    } catch let error {
      throw FieldFault("column \(error.column): \(error.problem).")
    }
    guard case .object(let members) = json else { throw FieldFault("this is \(json.kind); it must be an object.") }
    let known = RequestMember.allCases.map(\.key) + JobFields.keys
    let unknown = members.keys.filter { !known.contains($0) }.sorted()
    guard unknown.isEmpty else {
      throw FieldFault(
        "there is no key '\(unknown.joined(separator: "', '"))'; the keys are "
          + "\(known.sorted().joined(separator: ", ")).")
    }
    var request: [RequestMember: JSONValue] = [:]
    for member in RequestMember.allCases { request[member] = members[member.key] }
    self.request = request
    job = try JobFields(members)
  }

  /// The root that the line names; nil where it leaves that to the others.
  func artifactsRoot() throws(FieldFault) -> String? {
    switch request[.artifactsRoot] {
    case nil, .null?: return nil
    case .string(let root)?: return root
    case let other?: throw FieldFault("artifacts_root is \(other.kind); it must be text.")
    }
  }
}
