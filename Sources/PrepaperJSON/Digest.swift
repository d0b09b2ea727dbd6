/// SHA-256 as lower-case hex, of exactly these bytes: what `sha256sum` prints.
package func sha256Hex(_ bytes: [UInt8]) -> String {
  var digest = RunningDigest()
  digest.update(bytes)
  return digest.hex
}

/// SHA-256 as lower-case hex of a text's UTF-8.
package func sha256Hex(_ text: String) -> String {
  sha256Hex(Array(text.utf8))
}
