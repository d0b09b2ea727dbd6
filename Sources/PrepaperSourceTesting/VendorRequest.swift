/// What a vendor was asked.
package struct VendorRequest: Sendable {
  /// Path and query as they came.
  package let target: String
  /// By their names in lower case.
  package let headers: [String: String]

  /// The path, with what is encoded in it.
  package var path: String { String(target.prefix { $0 != "?" }) }

  /// The query's members, decoded; the last one of a name.
  package var query: [String: String] {
    let members = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
    return Dictionary(
      members.map { member in
        let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
      }, uniquingKeysWith: { $1 })
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
