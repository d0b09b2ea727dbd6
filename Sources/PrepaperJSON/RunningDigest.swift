internal import Crypto

/// The SHA-256 of bytes that come piece by piece.
package struct RunningDigest {
  private var hash = SHA256()

  /// The digest of nothing yet.
  package init() {}

  /// Adds bytes.
  package mutating func update(_ bytes: [UInt8]) {
    hash.update(data: bytes)
  }

  /// The digest of all bytes so far, as lower-case hex.
  package var hex: String {
    var hex: [UInt8] = []
    hex.reserveCapacity(64)
    for byte in hash.finalize() {
      for digit in [byte >> 4, byte & 0xf] {
        hex.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
    return String(decoding: hex, as: UTF8.self)
  }
}
