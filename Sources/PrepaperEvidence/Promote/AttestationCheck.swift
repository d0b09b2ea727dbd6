import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// Holds the attestation of a run against the run and, where there is one, against a key.
struct AttestationCheck {
  let root: ArtifactsRoot
  let key: AttestationPublicKey?

  /// What is wrong with it; no check where there is none and nobody asked for one.
  ///
  /// - Parameter files: the digest of each file that the manifest lists, by its path, as the files are now.
  func check(of runID: RunID, manifest: JSONValue, digests: [String: String]) throws(RunError) -> RunCheck? {
    guard let bytes = try root.published(.attestation, of: runID) else {
      return key == nil ? nil : RunCheck("attestation", "\(RunFile.attestation) is not there")
    }
    return RunCheck("attestation", problem(bytes, manifest, digests))
  }

  private func problem(_ bytes: [UInt8], _ manifest: JSONValue, _ digests: [String: String]) -> String? {
    let json: JSONValue
    do {
      json = try JSONParser.parse(bytes)
    } catch let error {
      return "is not JSON: \(error)"
    }
    guard let envelope = AttestationEnvelope(json) else { return "is no envelope of a statement" }
    if let key, !envelope.isSigned(by: key) { return "is not signed by the key \(key.id)" }
    guard let statement = envelope.statement else { return "has no statement of a promotion in it" }
    guard statement.subjects == digests else {
      let other = Set(statement.subjects.keys).union(digests.keys).sorted(by: precedesByBytes)
        .first { statement.subjects[$0] != digests[$0] }
      return "is that of other files: \(other ?? "") has another digest in it"
    }
    guard let path = statement.definition.firstDifference(to: manifest) else { return nil }
    return "is that of another run: \(path) differs"
  }
}
