internal import Crypto

/// SHA-256 as lower-case hex, of exactly these bytes: what `sha256sum` prints.
package func sha256Hex(_ bytes: [UInt8]) -> String {
  var hex: [UInt8] = []
  hex.reserveCapacity(64)
  for byte in SHA256.hash(data: bytes) {
    for digit in [byte >> 4, byte & 0xf] {
      hex.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
  return String(decoding: hex, as: UTF8.self)
}

/// SHA-256 as lower-case hex of a text's UTF-8.
package func sha256Hex(_ text: String) -> String {
  sha256Hex(Array(text.utf8))
}
