internal import HTTPTypes
internal import Hummingbird
internal import ServiceLifecycle

/// What a vendor answers.
package struct VendorReply: Sendable {
  private enum Body {
    case whole(String)
    case brokenOff(String)
    case endless(String)
  }

  private let status: Int
  private let headers: [String: String]
  private let body: Body

  private init(_ status: Int, _ headers: [String: String], _ body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A body of JSON.
  package static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> VendorReply {
    VendorReply(status, headers.merging(["Content-Type": "application/json"]) { given, _ in given }, .whole(text))
  }

  /// A body that begins so, before the connection is gone.
  package static func brokenOff(_ text: String) -> VendorReply { VendorReply(200, [:], .brokenOff(text)) }

  /// A body of the same text again and again.
  package static func endless(_ text: String) -> VendorReply { VendorReply(200, [:], .endless(text)) }

  /// A body that begins and never goes on.
  package static let silent = VendorReply(200, [:], .endless(""))

  /// The reply as the server sends it.
  var response: Response {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    return Response(status: HTTPResponse.Status(code: status), headers: fields, body: responseBody)
  }

  private var responseBody: ResponseBody {
    switch body {
    case .whole(let text): ResponseBody(byteBuffer: ByteBuffer(string: text))
    case .brokenOff(let text):
      ResponseBody { writer in
        try await writer.write(ByteBuffer(string: text))
        throw BrokenOff()
      }
    case .endless(""):
      ResponseBody { writer in
        try await writer.write(ByteBuffer(string: "["))
        await cancelWhenGracefulShutdown { for await _ in AsyncStream(Void.self, { _ in }) {} }
      }
    case .endless(let text):
      ResponseBody { writer in
        // Much at a time: many small pieces keep the machine busy with nothing else.
        let piece = ByteBuffer(string: String(repeating: text, count: 65_536 / text.utf8.count + 1))
        while true { try await writer.write(piece) }
      }
    }
  }

  private struct BrokenOff: Error {}
}
