internal import Crypto
internal import FoundationEssentials
package import PrepaperDomain
import PrepaperJSON

/// A public Ed25519 key, as `openssl pkey -pubout` writes it.
package struct AttestationPublicKey: Sendable {
  /// What stands before the 32 bytes of a key in its SubjectPublicKeyInfo (RFC 8410).
  private static let header: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

  private let key: Curve25519.Signing.PublicKey

  init(_ key: Curve25519.Signing.PublicKey) {
    self.key = key
  }

  /// The key of a PEM text.
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `RunError` with `key_invalid`.
  package init(pem text: String, name: String) throws(RunError) {
    guard let block = PEMBlock(text), block.label == "PUBLIC KEY", block.bytes.starts(with: Self.header),
      block.bytes.count == Self.header.count + 32
    else {
      throw RunError(
        .keyInvalid,
        "\(name) is no public Ed25519 key in PEM; take it from the private one with openssl pkey -in FILE -pubout")
    }
    do {
      key = try Curve25519.Signing.PublicKey(rawRepresentation: Data(block.bytes.dropFirst(Self.header.count)))
    } catch {
      throw RunError(.keyInvalid, "\(name) is no public Ed25519 key")
    }
  }

  /// The SHA-256 of the key as it stands in its PEM text: what a signature names it by.
  package var id: String { sha256Hex(Self.header + Array(key.rawRepresentation)) }

  /// Whether a signature of bytes is one of this key's.
  func isValid(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    key.isValidSignature(Data(signature), for: Data(bytes))
  }
}
