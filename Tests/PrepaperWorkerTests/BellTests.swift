import Foundation
import Glibc
import PrepaperDomain
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct BellTests {
  let directory: TemporaryDirectory
  let queue: QueueDirectory
  let ringer: BellRinger

  init() throws {
    directory = try TemporaryDirectory()
    queue = QueueDirectory(queuePath: "\(directory.path)/queue.db")
    try queue.make()
    ringer = BellRinger(queue)
  }

  private func bells() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: queue.file("bells")).sorted()
  }

  @Test func `a ring is heard, also one that came before anybody listened`() throws {
    let bell = try Bell(queue, owner: "worker.1")
    #expect(bell.name == "bells/worker.1.bell")
    #expect(!bell.wait(upTo: .milliseconds(1)))

    ringer.ring()

    #expect(bell.wait(upTo: .seconds(120)))
    #expect(!bell.wait(upTo: .milliseconds(1)))
  }

  @Test func `every bell is rung`() throws {
    let bells = try (1...3).map { try Bell(queue, owner: "worker.\($0)") }

    ringer.ring()

    #expect(bells.allSatisfy { $0.wait(upTo: .seconds(120)) })
  }

  @Test func `many rings are one, and more than the kernel keeps delay nobody`() throws {
    let bell = try Bell(queue, owner: "worker.1")

    for _ in 0..<2000 { ringer.ring() }

    #expect(bell.wait(upTo: .seconds(120)))
    #expect(!bell.wait(upTo: .milliseconds(1)))
  }

  @Test func `one that listens is called for each ring`() async throws {
    let bell = try Bell(queue, owner: "worker.1")
    let heard = Mutex(0)
    bell.listen { _ = heard.next() }

    for count in 1...3 {
      ringer.ring()
      try await eventually("ring \(count) is heard") { heard.withLock { $0 } >= count }
    }
  }

  @Test func `a queue far down in the directories has bells too`() throws {
    let folder = "\(directory.path)/\(String(repeating: "a", count: 120))/\(String(repeating: "b", count: 120))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let deep = QueueDirectory(queuePath: "\(folder)/queue.db")
    try deep.make()
    let bell = try Bell(deep, owner: "worker.1234567.89abcdef")

    BellRinger(deep).ring()

    #expect(bell.wait(upTo: .seconds(120)))
  }

  @Test func `the bell of one that was killed is taken down by the next who rings`() throws {
    let bell = try Bell(queue, owner: "living")
    try hangUpDead("dead")
    // Neither is a bell.
    try directory.write("", to: "queue.db.d/bells/note.txt")
    #expect(try bells() == ["dead.bell", "living.bell", "note.txt"])

    ringer.ring()

    #expect(try bells() == ["living.bell", "note.txt"])
    #expect(bell.wait(upTo: .seconds(120)))
  }

  @Test func `one that is taken down is gone, and so is one that nobody has any more`() throws {
    let bell = try Bell(queue, owner: "worker.1")
    bell.takeDown()
    #expect(try bells() == [])
    _ = try Bell(queue, owner: "worker.2")
    #expect(try bells() == [])

    ringer.ring()
    #expect(!bell.wait(upTo: .milliseconds(1)))
  }

  @Test func `a name that is taken is refused, and the one who has it goes on hearing`() throws {
    let bell = try Bell(queue, owner: "worker.1")

    #expect(throws: RunError.self) { try Bell(queue, owner: "worker.1") }

    ringer.ring()
    #expect(bell.wait(upTo: .seconds(120)))
  }

  @Test func `where nothing is beside the queue, nobody hears`() {
    BellRinger(QueueDirectory(queuePath: "\(directory.path)/other.db")).ring()
  }

  /// Leaves a socket as a process does that was killed.
  private func hangUpDead(_ owner: String) throws {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array(queue.file("bells/\(owner).bell").utf8)
    try #require(path.count < 108)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
    let isBound = unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    try #require(isBound)
  }
}
