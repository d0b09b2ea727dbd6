internal import FoundationEssentials
import PrepaperDomain

/// The secrets of a source, in the places where its requests carry them.
struct Credentials: Sendable {
  /// Headers with their values.
  let headers: [(name: String, value: String)]
  /// Members of the query: the name, and the whole member as it stands in a URL.
  let query: [(name: String, member: String)]
  /// What takes them out of messages.
  let redaction: Redaction

  /// Fetches the secrets that a descriptor names.
  ///
  /// - Throws: `RunError` with `provider_refused` where one is not set.
  init(_ descriptor: HTTPDescriptor, _ store: SecretStore) throws(RunError) {
    var headers: [(name: String, value: String)] = []
    var query: [(name: String, member: String)] = []
    var secrets: [Secret] = []
    var encoded: [String] = []
    func secret(_ name: String) throws(RunError) -> String {
      guard let secret = try store.secret(name) else {
        throw RunError(
          .providerRefused,
          "\(descriptor.name) needs the secret \(name): put it into a file of that name in $CREDENTIALS_DIRECTORY "
            + "(LoadCredential= of a unit), or into an environment variable of that name")
      }
      secrets.append(secret)
      return secret.value
    }
    for authorization in descriptor.auth {
      switch authorization {
      case .header(let name, let prefix, let secretName):
        headers.append((name, prefix + (try secret(secretName))))
      case .query(let name, let secretName):
        let name = percentEncoded(name)
        query.append((name, "\(name)=\(percentEncoded(try secret(secretName)))"))
      case .basic(let user, let password):
        let text = Data("\(try secret(user)):\(try secret(password))".utf8).base64EncodedString()
        encoded.append(text)
        headers.append(("Authorization", "Basic \(text)"))
      }
    }
    self.headers = headers
    self.query = query
    redaction = Redaction(secrets, also: encoded)
  }
}
