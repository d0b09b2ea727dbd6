internal import FoundationEssentials
package import PrepaperDomain
package import PrepaperJSON

/// A signed statement: a DSSE envelope around an in-toto Statement v1.
///
/// - `payload`: the statement, base64
/// - `signatures[]`: Ed25519 over `DSSEv1 LENGTH TYPE LENGTH PAYLOAD`
package struct AttestationEnvelope: Sendable {
  private static let payloadType = "application/vnd.in-toto+json"

  private let payload: [UInt8]
  private let signatures: [(keyID: String, bytes: [UInt8])]

  /// Signs a statement.
  ///
  /// - Throws: `RunError` where it cannot be signed.
  package init(_ statement: AttestationStatement, key: AttestationKey) throws(RunError) {
    payload = CanonicalJSON.compact(statement.json)
    signatures = [(key.publicKey.id, try key.signature(of: Self.signed(payload)))]
  }

  /// The envelope in JSON, or nil where it is none.
  package init?(_ json: JSONValue) {
    guard json["payloadType"]?.stringValue == Self.payloadType,
      let payload = json["payload"]?.stringValue.flatMap({ Data(base64Encoded: $0) }),
      case .array(let items)? = json["signatures"]
    else { return nil }
    self.payload = Array(payload)
    signatures = items.compactMap { item in
      guard let bytes = item["sig"]?.stringValue.flatMap({ Data(base64Encoded: $0) }) else { return nil }
      return (item["keyid"]?.stringValue ?? "", Array(bytes))
    }
  }

  /// The statement in it, or nil where it is none.
  package var statement: AttestationStatement? {
    do throws(JSONParseError) {
      return AttestationStatement(try JSONParser.parse(payload))
    } catch {
      return nil
    }
  }

  /// Whether one of its signatures is a key's.
  package func isSigned(by key: AttestationPublicKey) -> Bool {
    let signed = Self.signed(payload)
    return signatures.contains { key.isValid($0.bytes, of: signed) }
  }

  /// The envelope as its file has it.
  package var json: JSONValue {
    .object([
      "payloadType": .string(Self.payloadType), "payload": .string(Data(payload).base64EncodedString()),
      "signatures": .array(
        signatures.map { signature in
          .object([
            "keyid": .string(signature.keyID), "sig": .string(Data(signature.bytes).base64EncodedString()),
          ])
        }),
    ])
  }

  /// DSSE's pre-authentication encoding.
  private static func signed(_ payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }
}
