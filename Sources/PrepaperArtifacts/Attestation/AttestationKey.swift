internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
package import PrepaperDomain

/// A private Ed25519 key, as `openssl genpkey -algorithm ed25519` writes it.
package struct AttestationKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// The key of a PEM text.
  ///
  /// - Parameter name: what errors call it; the text never stands in one.
  /// - Throws: `RunError` with `key_invalid`.
  package init(pem text: String, name: String) throws(RunError) {
    let pem = text.pemLines
    // The library looks neither at the label nor at the algorithm of a private key: the same text must come out again.
    guard let key = Self.key(pem), key.pemRepresentation == pem else {
      throw RunError(
        .keyInvalid,
        "\(name) is no private Ed25519 key in PEM; make one with openssl genpkey -algorithm ed25519 -out FILE")
    }
    self.key = key
  }

  private static func key(_ pem: String) -> Curve25519.Signing.PrivateKey? {
    // What the library says of a text that is no key could show parts of one.
    do { return try Curve25519.Signing.PrivateKey(pemRepresentation: pem) } catch { return nil }
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

extension String {
  /// A PEM text without what stands ahead of its lines, its base64 in lines of 64 as the library wants them.
  var pemLines: String {
    var lines = split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
    guard lines.count > 2 else { return self }
    let (first, last) = (lines.removeFirst(), lines.removeLast())
    var base64 = lines.joined()[...]
    lines = [first]
    while !base64.isEmpty {
      lines.append(base64.prefix(64))
      base64 = base64.dropFirst(64)
    }
    return (lines + [last]).joined(separator: "\n")
  }
}
