/// The rule behind every name that becomes part of a path.
package enum SafeName {
  /// ASCII letters, digits and the given punctuation; the first a letter or digit; 1 to `limit` bytes.
  package static func isValid(_ text: String, limit: Int, punctuation: String) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= limit else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || punctuation.utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
