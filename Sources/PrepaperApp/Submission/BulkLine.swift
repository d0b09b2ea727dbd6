import PrepaperDomain
import PrepaperJSON

/// One run of a bulk submission: an object with the names of the flags as keys, and no others.
struct BulkLine {
  /// What is said about the run, and how its job is to be treated.
  let request: [RequestMember: JSONValue]
  let job: JobFields
  /// The root that the line names; nil where it leaves that to the others.
  let artifactsRoot: String?

  /// - Throws: `FieldFault` where it is no such object: all keys that lack, and all that are not known.
  init(_ line: [UInt8]) throws(FieldFault) {
    let json: JSONValue
    do {
      json = try JSONParser.parse(line)
    } catch let error {
      throw FieldFault("column \(error.column): \(error.problem).")
    }
    let needed: [RequestMember] = [.runID, .backtestRunID]
    let others =
      RequestMember.allCases.filter { !needed.contains($0) }.map(\.key) + JobFields.Key.allCases.map(\.rawValue)
    do throws(JSONFault) {
      // Null is a script's mistake: a run of another day than the one meant must not come of it.
      let members = try JSONMembers(
        json, required: needed.map(\.key), optional: others.sorted(), refusesNull: true)
      if let nothing = members.names.first(where: { members[$0] == .null }) {
        throw members.fault(nothing, "is null; leave it out where nothing is said")
      }
      request = Dictionary(
        uniqueKeysWithValues: RequestMember.allCases.compactMap { member in
          members[member.key].map { (member, $0) }
        })
      job = try JobFields(members)
      artifactsRoot = try members.optionalText(RequestMember.artifactsRoot.key)
    } catch {
      throw FieldFault("\(error).")
    }
  }
}
