internal import GRDB
import PrepaperDomain

/// The `signals` table: made where there is none, refused where it is somebody else's.
enum SignalsSchema {
  private static let create = """
    CREATE TABLE signals (id INTEGER PRIMARY KEY, lab TEXT NOT NULL, run_id TEXT NOT NULL, source_tag TEXT NOT NULL,
      ts TEXT NOT NULL, symbol TEXT NOT NULL, idempotency_key TEXT NOT NULL, payload_json TEXT NOT NULL,
      created_at TEXT NOT NULL, UNIQUE (lab, run_id, idempotency_key))
    """

  private static let columns = [
    "lab", "run_id", "source_tag", "ts", "symbol", "idempotency_key", "payload_json", "created_at",
  ]

  /// Makes the table in a database without one.
  static func ensure(in database: Database, path: String) throws {
    if try isPresent(in: database) {
      try check(in: database, path: path)
    } else {
      try database.execute(sql: create)
    }
  }

  /// Whether the database has a table of that name, whoever made it.
  static func isPresent(in database: Database) throws -> Bool { try database.tableExists("signals") }

  /// Refuses a table that lacks something.
  static func check(in database: Database, path: String) throws {
    let present = Set(try database.columns(in: "signals").map { $0.name.lowercased() })
    var missing = columns.filter { !present.contains($0) }
    let key: Set<String> = ["lab", "run_id", "idempotency_key"]
    let isUnique = try database.indexes(on: "signals").contains { index in
      index.isUnique && Set(index.columns.map { $0.lowercased() }) == key
    }
    if !isUnique { missing.append("UNIQUE (lab, run_id, idempotency_key)") }
    guard missing.isEmpty else {
      throw RunError(
        .signalsSchemaForeign,
        "\(path): its table signals lacks \(missing.joined(separator: ", ")); nothing was changed. Set "
          + "SIGNALS_DB_PATH to a store of signals, or to an empty file")
    }
  }
}
