internal import FoundationEssentials

/// A URL of a source, taken apart as far as safety asks for it.
struct WebAddress: Sendable {
  /// The whole URL; it may hold secrets in its query and is never shown.
  let text: String
  /// `https` or `http`, in lower case.
  let scheme: String
  /// The host in lower case, without brackets.
  let host: String
  private let port: Int
  /// The path, as far as it can be shown.
  private let path: String
  /// The names of the query's members, as they stand.
  let queryNames: Set<String>

  /// The address in a text, seen from another one if it is not whole; nil where it is none, or has a user in it.
  init?(_ text: String, seenFrom base: WebAddress? = nil) {
    guard
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
      let url = URL(string: text, relativeTo: base.flatMap { URL(string: $0.text) })?.absoluteURL,
      let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = url.host()?.lowercased(), !host.isEmpty, url.user() == nil, url.password() == nil
    else { return nil }
    self.text = url.absoluteString
    self.scheme = scheme
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    port = url.port ?? (scheme == "https" ? 443 : 80)
    path = url.path(percentEncoded: true)
    let members = (url.query(percentEncoded: true) ?? "").split(separator: "&")
    queryNames = Set(members.map { String($0.prefix { $0 != "=" }) })
  }

  /// Scheme, host and path: nothing of the query.
  var shown: String {
    let isUsual = port == (scheme == "https" ? 443 : 80)
    let name = host.contains(":") ? "[\(host)]" : host
    return "\(scheme)://\(name)\(isUsual ? "" : ":\(port)")\(path)"
  }

  /// Whether the same server answers there, in the same way: scheme, host and port.
  func isSameOrigin(as other: WebAddress) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// Whether the host is this machine.
  var isLoopback: Bool {
    if ["localhost", "::1"].contains(host) { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers.allSatisfy { $0 != nil } && numbers[0] == 127
  }

  /// The address with more members at the end of its query, which are encoded already.
  func adding(_ members: [String]) -> String {
    guard !members.isEmpty else { return text }
    return text + (text.contains("?") ? "&" : "?") + members.joined(separator: "&")
  }
}
