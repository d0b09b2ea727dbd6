internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// A vendor's server on this machine: it answers what a test says, and remembers what it was asked.
package final class Vendor: Sendable {
  /// Where it listens.
  package let port: Int
  private let book: Book

  private init(port: Int, book: Book) {
    self.port = port
    self.book = book
  }

  /// What it was asked, in that order.
  package var requests: [VendorRequest] { book.requests.withLock { $0 } }

  /// The address of a path on it.
  package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// Runs a body beside a server, which is gone at its end.
  ///
  /// - Parameter answer: what it says to a request, and to the how manieth it is, counted from 1.
  package static func with<Result: Sendable>(
    _ answer: @escaping @Sendable (_ request: VendorRequest, _ number: Int) -> VendorReply,
    _ body: (Vendor) async throws -> Result
  ) async throws -> Result {
    let book = Book()
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        let asked = VendorRequest(
          target: request.uri.description,
          headers: Dictionary(
            request.headers.map { ($0.name.rawName.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }))
        return answer(asked, book.note(asked)).response
      },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { listening.yield($0.localAddress?.port ?? 0) },
      logger: Logger(label: "vendor") { _ in SwiftLogNoOpLogHandler() })
    let service = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [application], logger: application.logger))
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { listening.finish() }
        try await withTaskExecutorPreference(ServerExecutor()) { try await service.run() }
      }
      // Cancelled, a server may drop a connection that it has just accepted, which ends the process.
      defer { group.addTask { await service.triggerGracefulShutdown() } }
      guard let port = await ports.first(where: { _ in true }) else { throw NotListening() }
      return try await body(Vendor(port: port, book: book))
    }
  }

  private struct NotListening: Error {}

  private final class Book: Sendable {
    let requests = Mutex<[VendorRequest]>([])

    /// Which request it is, counted from 1.
    func note(_ request: VendorRequest) -> Int {
      requests.withLock { requests in
        requests.append(request)
        return requests.count
      }
    }
  }
}
