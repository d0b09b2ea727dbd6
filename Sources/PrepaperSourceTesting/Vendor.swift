internal import Dispatch
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

/// Runs a server's tasks on a queue of its own.
///
/// A test that waits for a program blocks a thread of Swift's pool, which has as few as the machine has processors; the
/// server that the program asks must not need one of them.
final class ServerExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "vendor", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
