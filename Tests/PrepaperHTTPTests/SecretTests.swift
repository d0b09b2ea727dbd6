import Foundation
import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct SecretTests {
  private static let key = #"s3cr/et+ke\y=&x"#
  private static let auth = """
    [{"header": "X-Key", "prefix": "Token ", "secret": "KEY"}, {"query": "api key", "secret": "KEY"},
     {"user": "USER", "password": "KEY"}]
    """

  @Test func `keys go where the descriptor says`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      _ = try await source(descriptor(vendor, ["auth": Self.auth]), secrets: ["KEY": Self.key, "USER": "me"]).day()

      let request = try #require(vendor.requests.first)
      #expect(request.headers["x-key"] == "Token \(Self.key)")
      #expect(request.query["api key"] == Self.key)
      #expect(request.headers["authorization"] == "Basic " + Data("me:\(Self.key)".utf8).base64EncodedString())
    }
  }

  // Of a directory of credentials, LoadCredential=prepaper:DIR puts its own name before that of each file.
  @Test(arguments: ["KEY", "prepaper_KEY"])
  func `a file of the credentials goes before a variable, without blanks around it`(file: String) async throws {
    let directory = try TemporaryDirectory()
    try directory.write("  \(Self.key)\r\n", to: file)
    let secrets = ["CREDENTIALS_DIRECTORY": directory.path, "KEY": "other"]
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let auth = ["auth": #"[{"header": "X-Key", "secret": "KEY"}]"#]

      _ = try await source(descriptor(vendor, auth), secrets: secrets).day()

      #expect(vendor.requests.first?.headers["x-key"] == Self.key)
    }
    #expect(SecretStore(environment: secrets).problem(with: "KEY") == nil)
    #expect(SecretStore(environment: secrets).problem(with: "OTHER") == "OTHER is not set")
  }

  @Test func `a key that is not set is asked for by its name`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let error = try await #require(throws: RunError.self) {
        try await source(descriptor(vendor, ["auth": Self.auth]), secrets: ["KEY": " "]).day()
      }

      #expect(error.code == .providerRefused)
      #expect(
        error.message
          == "vendor needs the secret KEY: put it into a file of that name in $CREDENTIALS_DIRECTORY "
          + "(LoadCredential= of a unit), or into an environment variable of that name")
      #expect(vendor.requests.isEmpty)
    }
  }

  @Test func `a key of two lines is refused, and not shown`() async throws {
    try await Vendor.with({ _, _ in page([]) }) { vendor in
      let error = try await #require(throws: RunError.self) {
        try await source(descriptor(vendor, ["auth": Self.auth]), secrets: ["KEY": "abc\nX-Other: 1"]).day()
      }

      #expect(error.message == "the secret KEY is not one line of text; check how it was written")
    }
  }

  @Test(arguments: 0..<10)
  func `whatever a server says, no key is in a message`(number: Int) async throws {
    try await Vendor.with({ request, _ in Self.reply(number, to: request) }) { vendor in
      let members = [
        "auth": Self.auth, "limits": #"{"fetch_seconds": 2}"#, "paging": #"{"kind": "next_url", "path": ["next"]}"#,
      ]
      let clock = SkippingClock()
      let source = try source(
        descriptor(vendor, members), secrets: ["KEY": Self.key, "USER": "user-name"], clock: clock)

      var said = ""
      do {
        let answer = try await source.day()
        said = answer.loading ?? ""
      } catch let error as RunError {
        said = error.message
      }
      said += clock.words.joined(separator: "\n")

      #expect(said.contains("vendor"))
      for secret in [
        Self.key, "s3cr", "et%2Bke", "user-name", Data("user-name:\(Self.key)".utf8).base64EncodedString(),
      ] {
        #expect(!said.contains(secret), "\(said)")
      }
    }
  }

  /// What a server says that knows the keys, from `request`.
  private static func reply(_ number: Int, to request: VendorRequest) -> VendorReply {
    let headers = request.headers["x-key"] ?? ""
    let basic = request.headers["authorization"] ?? ""
    let escaped = headers.replacing("\\", with: "\\\\").replacing("/", with: "\\/")
    return switch number {
    case 0: .json(#"{"message":"bad key \#(headers)"}"#, status: 401)
    case 1: .json("bad \(basic)", status: 403)
    case 2: .json("cannot \(request.target)", status: 500)
    case 3: .json(#"{"message":"bad key \#(escaped)"}"#, status: 429)
    case 4: .json(request.target.lowercased(), status: 400)
    case 5: .json("not JSON but \(headers) and \(basic)")
    case 6: .json("", status: 302, headers: ["Location": "http://example.com\(request.target)"])
    case 7: .json(#"{"bars":[],"next":"http://example.com/\#(key)/x"}"#)
    case 8: .json(#"{"bars":[{"t":"\#(key)"}]}"#)
    default: .json(#"{"\#(key)":1}"#)
    }
  }
}

extension HTTPBarSource {
  /// The bars of 2025-12-15.
  fileprivate func day() async throws -> FeedBars {
    try await spy(.m1, "2025-12-15T14:30:00Z", "2025-12-15T21:00:00Z")
  }
}
