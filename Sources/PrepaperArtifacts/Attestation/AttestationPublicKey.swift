internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
package import PrepaperDomain
import PrepaperJSON

/// A public Ed25519 key, as `openssl pkey -pubout` writes it.
package struct AttestationPublicKey: Sendable {
  private let key: Curve25519.Signing.PublicKey

  init(_ key: Curve25519.Signing.PublicKey) {
    self.key = key
  }

  /// The key of a PEM text.
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `RunError` with `key_invalid`.
  package init(pem text: String, name: String) throws(RunError) {
    let pem = text.pemLines
    guard let key = Self.key(pem), key.pemRepresentation == pem else {
      throw RunError(
        .keyInvalid,
        "\(name) is no public Ed25519 key in PEM; take it from the private one with openssl pkey -in FILE -pubout")
    }
    self.key = key
  }

  private static func key(_ pem: String) -> Curve25519.Signing.PublicKey? {
    do { return try Curve25519.Signing.PublicKey(pemRepresentation: pem) } catch { return nil }
  }

  /// The SHA-256 of the key as it stands in its PEM text: what a signature names it by.
  package var id: String { sha256Hex(Array(key.derRepresentation)) }

  /// Whether a signature of bytes is one of this key's.
  func isValid(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    key.isValidSignature(Data(signature), for: Data(bytes))
  }
}
