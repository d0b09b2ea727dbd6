internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1

/// Sends one request at a time and reads its whole answer, within the limits of a descriptor.
struct PageTransport {
  private let client: HTTPClient
  private let limits: HTTPDescriptor.Limits

  /// Runs the body with a transport, whose connections are closed at its end.
  static func with<Result: Sendable>(
    limits: HTTPDescriptor.Limits, _ body: (PageTransport) async throws -> Result
  ) async throws -> Result {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      // Silence is bounded by the request's time; so is a body that goes on dripping, in `read`.
      timeout: .init(connect: limits.connect.amount, read: limits.request.amount))
    configuration.httpVersion = .http1Only
    // Tries are counted and paced above; two layers of them would multiply.
    configuration.connectionPool.retryConnectionEstablishment = false
    return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
      try await body(PageTransport(client: client, limits: limits))
    }
  }

  /// The answer to a GET.
  ///
  /// - Parameter time: how long it may take, if that is less than the descriptor's limit.
  /// - Throws: `TransportFailure`, and `CancellationError` when the task is cancelled.
  func get(_ url: String, headers: [(name: String, value: String)], time: Duration) async throws -> PageAnswer {
    var request = HTTPClientRequest(url: url)
    request.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
    let deadline = NIODeadline.now() + min(time, limits.request).amount
    do {
      let response = try await client.execute(request, deadline: deadline)
      return PageAnswer(
        status: Int(response.status.code),
        headers: Dictionary(
          response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }),
        body: try await read(response.body, until: deadline))
    } catch let failure as TransportFailure {
      throw failure
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw TransportFailure(description: String(Self.words(error).prefix(300)), isTooLong: false)
    }
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    // In full it may quote a header; its short description does not.
    case let error as HTTPClientError: error.shortDescription
    case let error as IOError: unsafe String(cString: strerror(error.errnoCode))
    default: "\(error)"
    }
  }

  private func read(_ body: HTTPClientResponse.Body, until deadline: NIODeadline) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in body {
      bytes.append(contentsOf: chunk.readableBytesView)
      guard bytes.count <= limits.body else {
        throw TransportFailure(description: "the answer is longer than \(limits.body) bytes", isTooLong: true)
      }
      guard NIODeadline.now() < deadline else {
        throw TransportFailure(description: "the answer did not end in time", isTooLong: false)
      }
    }
    return bytes
  }
}

/// What a server answered.
struct PageAnswer: Sendable {
  let status: Int
  /// By their names in lower case.
  let headers: [String: String]
  let body: [UInt8]
}

/// A request without a whole answer.
struct TransportFailure: Error {
  let description: String
  /// Whether the answer went beyond its limit, so that asking again is no use.
  let isTooLong: Bool
}

extension Duration {
  fileprivate var amount: TimeAmount {
    .nanoseconds(components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
  }
}
