import Foundation
import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import Testing

@Suite struct SchemaTests {
  let directory: TemporaryDirectory
  let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/queue.db"
  }

  @Test(arguments: [false, true])
  func `a missing or empty file becomes a queue`(isEmpty: Bool) throws {
    if isEmpty { try directory.write("", to: "queue.db") }

    let store = try openStore(path)

    #expect(try store.overview().open == 0)
    #expect(try pragma("user_version") == 3)
    #expect(try pragma("application_id") == 0x5050_5131)
  }

  @Test func `opening a queue again changes nothing`() throws {
    _ = try openStore(path).submit(request("run"), now: instant(0))
    let bytes = try fileBytes(in: directory.path)

    _ = try openStore(path)

    #expect(try fileBytes(in: directory.path) == bytes)
  }

  @Test(arguments: [4, 99, Int(Int32.max)])
  func `a queue of a newer prepaper is left as it is`(version: Int) throws {
    _ = try openStore(path).submit(request("run"), now: instant(0))
    try change("PRAGMA user_version = \(version)")
    let bytes = try fileBytes(in: directory.path)

    let error = #expect(throws: JobStoreError.self) { try openStore(path) }

    #expect(error?.code == .schemaNewer)
    #expect(error?.message.contains("\(path) has schema version \(version)") == true)
    #expect(try fileBytes(in: directory.path) == bytes)
  }

  @Test(arguments: Foreign.allCases)
  func `a database of something else is left as it is`(foreign: Foreign) throws {
    for sql in foreign.statements { try change(sql) }
    let bytes = try fileBytes(in: directory.path)

    let error = #expect(throws: JobStoreError.self) { try openStore(path) }

    #expect(error?.code == .schemaForeign)
    #expect(error?.message.contains(path) == true)
    #expect(try fileBytes(in: directory.path) == bytes)
  }

  @Test(arguments: [15, 100, 4096, 20_000])
  func `a file that is no database is left as it is`(length: Int) throws {
    try directory.write(String(repeating: "not SQLite ", count: length).prefix(length).description, to: "queue.db")
    let bytes = try fileBytes(in: directory.path)

    let failure = #expect(throws: SQLiteFailure.self) { try openStore(path) }

    #expect(failure?.kind == .corrupt)
    #expect(failure?.path == path)
    #expect(try fileBytes(in: directory.path) == bytes)
  }

  @Test func `a queue whose pages are damaged says so`() throws {
    let store = try openStore(path)
    for number in 0..<200 {
      _ = try store.submit(request("run-\(number)"), now: instant(0))
    }
    try change("PRAGMA wal_checkpoint(TRUNCATE)")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes.replaceSubrange(4096..<bytes.count, with: Data(repeating: 0xA5, count: bytes.count - 4096))
    let damaged = try directory.write("", to: "damaged.db")
    try bytes.write(to: URL(fileURLWithPath: damaged))

    let failure = #expect(throws: SQLiteFailure.self) {
      try openStore(damaged).claimNext(worker: "w1", lease: .seconds(30), now: instant(1))
    }

    #expect(failure?.kind == .corrupt)
    #expect(failure?.path == damaged)
  }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  private func pragma(_ name: String) throws -> Int? {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
  }
}

/// A database that another program made.
enum Foreign: CaseIterable {
  case withTables, withTablesAndLog, withVersionOnly, withOtherApplication, ownApplicationBelowZero

  /// The statements that make it.
  var statements: [String] {
    switch self {
    case .withTables: ["CREATE TABLE notes (text TEXT)"]
    case .withTablesAndLog: ["PRAGMA journal_mode = WAL", "CREATE TABLE notes (text TEXT)"]
    case .withVersionOnly: ["PRAGMA user_version = 1"]
    case .withOtherApplication: ["PRAGMA application_id = 42"]
    case .ownApplicationBelowZero: ["PRAGMA application_id = \(0x5050_5131)", "PRAGMA user_version = -1"]
    }
  }
}
