import Foundation
import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperSignals
import PrepaperTestSupport
import Testing

@Suite struct SignalsSchemaTests {
  /// The table as `formats.md` has it, column by column.
  static let columns = [
    "id INTEGER", "lab TEXT NOT NULL", "run_id TEXT NOT NULL", "source_tag TEXT NOT NULL", "ts TEXT NOT NULL",
    "symbol TEXT NOT NULL", "idempotency_key TEXT NOT NULL", "payload_json TEXT NOT NULL", "created_at TEXT NOT NULL",
  ]

  static let foreign = [
    (
      "id INTEGER PRIMARY KEY, name TEXT",
      "lab, run_id, source_tag, ts, symbol, idempotency_key, payload_json, created_at, "
        + "UNIQUE (lab, run_id, idempotency_key)"
    ),
    (table(without: "created_at") + ", UNIQUE (lab, run_id, idempotency_key)", "created_at"),
    (table(without: "payload_json") + ", UNIQUE (run_id, lab, idempotency_key)", "payload_json"),
    (table(), "UNIQUE (lab, run_id, idempotency_key)"),
    (table() + ", UNIQUE (run_id, idempotency_key)", "UNIQUE (lab, run_id, idempotency_key)"),
    (table() + ", UNIQUE (lab, run_id, idempotency_key, ts)", "UNIQUE (lab, run_id, idempotency_key)"),
  ]

  @Test(arguments: [false, true])
  func `a file that is not there or empty gets the table`(isTouched: Bool) throws {
    let file = try SignalsFile()
    if isTouched { try file.directory.write("", to: "signals.db") }

    let receipt = try file.store().write(batch("run-1", []))

    #expect(receipt == SignalsReceipt(written: 0, duplicatesSkipped: 0))
    #expect(
      try file.column(
        "SELECT name || ' ' || type || CASE \"notnull\" WHEN 1 THEN ' NOT NULL' ELSE '' END "
          + "FROM pragma_table_info('signals') ORDER BY cid") == Self.columns)
    #expect(try file.column("SELECT name FROM pragma_table_info('signals') WHERE pk = 1") == ["id"])
    #expect(
      try file.column(
        "SELECT group_concat(i.name) FROM pragma_index_list('signals') AS l, pragma_index_info(l.name) AS i "
          + "WHERE l.\"unique\" GROUP BY l.name") == ["lab,run_id,idempotency_key"])
    #expect(try file.column("PRAGMA journal_mode") == ["delete"])
  }

  @Test(arguments: foreign)
  func `somebody else's table is refused with what it lacks, and the file stays`(table: String, lacks: String) throws {
    let file = try SignalsFile()
    try file.execute("CREATE TABLE signals (\(table)); CREATE TABLE other (x); INSERT INTO other VALUES (1)")
    let before = try file.bytes()
    let message =
      "\(file.path): its table signals lacks \(lacks); nothing was changed. Set SIGNALS_DB_PATH to a store of "
      + "signals, or to an empty file"

    let write = try #require(throws: RunError.self) { try file.store().write(batch("run-1", [storedSignal("k1")])) }
    let read = try #require(throws: RunError.self) { try file.store().signals(SignalsQuery(runID: runID("run-1"))) }

    #expect(write == RunError(.signalsSchemaForeign, message))
    #expect(read == RunError(.signalsSchemaForeign, message))
    #expect(try file.bytes() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.directory.path) == ["signals.db"])
  }

  @Test(arguments: [
    table() + ", UNIQUE (lab, run_id, idempotency_key)",
    table() + ", PRIMARY KEY (idempotency_key, lab, run_id)",
    table().uppercased() + ", UNIQUE (LAB, RUN_ID, IDEMPOTENCY_KEY)",
    table() + ", note TEXT, score REAL NOT NULL DEFAULT 0, UNIQUE (lab, run_id, idempotency_key)",
  ])
  func `a table that has all that is needed is taken as it is`(table: String) throws {
    let file = try SignalsFile()
    try file.execute("CREATE TABLE signals (\(table))")
    let schema = try file.schema()

    let receipt = try file.store().write(batch("run-1", [storedSignal("k1")]))

    #expect(receipt.written == 1)
    #expect(try file.schema() == schema)
    #expect(try file.store().signals(SignalsQuery(runID: runID("run-1"))) == [storedSignal("k1")])
  }

  @Test func `a unique index beside the table will do`() throws {
    let file = try SignalsFile()
    try file.execute("CREATE TABLE signals (\(Self.table()))")
    try file.execute("CREATE UNIQUE INDEX i ON signals (lab, run_id, idempotency_key)")

    let receipt = try file.store().write(batch("run-1", [storedSignal("k1")]))

    #expect(receipt.written == 1)
  }

  @Test func `other tables in the file are left alone`() throws {
    let file = try SignalsFile()
    try file.execute("CREATE TABLE bars (x, y); INSERT INTO bars VALUES (1, 2), (3, 4); CREATE INDEX i ON bars (x)")
    let schema = try file.schema()

    _ = try file.store().write(batch("run-1", [storedSignal("k1")]))

    #expect(try file.schema().filter { !$0.contains("signals") } == schema)
    #expect(try file.column("SELECT x || y FROM bars ORDER BY x") == ["12", "34"])
    #expect(try file.column("SELECT count(*) FROM signals") == ["1"])
  }

  @Test func `a table that wants more than we write is refused, and nothing stays`() throws {
    let file = try SignalsFile()
    try file.execute(
      "CREATE TABLE signals (\(Self.table()), note TEXT NOT NULL, UNIQUE (lab, run_id, idempotency_key))")

    let error = try #require(throws: RunError.self) { try file.store().write(batch("run-1", [storedSignal("k1")])) }

    #expect(error.code == .signalsSchemaForeign)
    #expect(error.message.contains(file.path))
    #expect(error.message.contains("signals.note"))
    #expect(try file.column("SELECT count(*) FROM signals") == ["0"])
  }

  @Test func `a database without the table has no signals to read, and does not get it by reading`() throws {
    let file = try SignalsFile()
    try file.execute("CREATE TABLE bars (x)")
    let before = try file.bytes()

    let signals = try file.store().signals(SignalsQuery(runID: runID("run-1")))

    #expect(signals == [])
    #expect(try file.bytes() == before)
  }

  /// The columns but one, for a table.
  private static func table(without name: String = "") -> String {
    columns.dropFirst().filter { !$0.hasPrefix("\(name) ") }.joined(separator: ", ")
  }
}
