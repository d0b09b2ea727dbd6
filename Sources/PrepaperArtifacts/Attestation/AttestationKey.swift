internal import Crypto
internal import FoundationEssentials
package import PrepaperDomain

/// A private Ed25519 key, as `openssl genpkey -algorithm ed25519` writes it.
package struct AttestationKey: Sendable {
  /// What stands before the 32 bytes of a key in PKCS #8 (RFC 8410).
  private static let header: [UInt8] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  private let key: Curve25519.Signing.PrivateKey

  /// The key of a PEM text.
  ///
  /// - Parameter name: what errors call it; the text never stands in one.
  /// - Throws: `RunError` with `key_invalid`.
  package init(pem text: String, name: String) throws(RunError) {
    guard let block = PEMBlock(text), block.label == "PRIVATE KEY", block.bytes.starts(with: Self.header),
      block.bytes.count == Self.header.count + 32
    else {
      throw RunError(
        .keyInvalid,
        "\(name) is no private Ed25519 key in PEM; make one with openssl genpkey -algorithm ed25519 -out FILE")
    }
    do {
      key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(block.bytes.dropFirst(Self.header.count)))
    } catch {
      throw RunError(.keyInvalid, "\(name) is no private Ed25519 key")
    }
  }

  /// The key that checks its signatures.
  package var publicKey: AttestationPublicKey { AttestationPublicKey(key.publicKey) }

  /// The signature of bytes, 64 bytes.
  func signature(of bytes: [UInt8]) throws(RunError) -> [UInt8] {
    do {
      return Array(try key.signature(for: Data(bytes)))
    } catch {
      throw RunError(.unexpected, "the attestation could not be signed: \(error)")
    }
  }
}
