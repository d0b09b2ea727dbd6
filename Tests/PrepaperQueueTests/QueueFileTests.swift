import GRDB
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import Testing

@Suite struct QueueFileTests {
  @Test func `what is acknowledged is on the disk`() throws {
    let queue = try QueueFile()

    #expect(try queue.one.synchronous() == 2)
    #expect(try queue.two.synchronous() == 2)
  }

  @Test func `the queue keeps a write-ahead log`() throws {
    let queue = try QueueFile()

    let mode = try queue.raw().read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }

    #expect(mode == "wal")
  }

  // In a child: the umask belongs to a whole process.
  @Test(arguments: [(0o007, 0o660), (0o022, 0o640), (0o077, 0o600)])
  func `the group of a new queue may write it, as far as the umask lets it`(mask: Int, rights: Int) async {
    await #expect(processExitsWith: .success) { [mask, rights] in
      umask(mode_t(mask))
      let queue = try QueueFile()

      try queue.submit("run")

      for suffix in ["", "-wal", "-shm"] {
        #expect(try permissions(of: queue.path + suffix) == rights, "\(suffix)")
      }
    }
  }

  @Test func `a queue that is there keeps its permissions`() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/queue.db"
    _ = try openStore(path)
    unsafe chmod(path, 0o600)
    #expect(try permissions(of: path) == 0o600)

    _ = try openStore(path)

    #expect(try permissions(of: path) == 0o600)
  }

  @Test func `a file in no directory cannot be opened`() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/missing/queue.db"

    let failure = #expect(throws: SQLiteFailure.self) { try openStore(path) }

    #expect(failure?.kind == .cannotOpen)
    #expect(failure?.path == path)
    #expect(failure?.description.contains(path) == true)
  }

  @Test func `a directory is no queue`() throws {
    let directory = try TemporaryDirectory()

    let failure = #expect(throws: SQLiteFailure.self) { try openStore(directory.path) }

    #expect(failure?.kind == .cannotOpen)
  }

  @Test func `what one connection wrote is there after all are closed`() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/queue.db"
    let job = try openStore(path).submit(request("run"), now: instant(0)).job

    #expect(try openStore(path).details(runID("run")).job == job)
  }
}
