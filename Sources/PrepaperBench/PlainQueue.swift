import GRDBSQLite
import PrepaperJSON

/// The statements of the queue straight on the SQLite C API: what the store is held against.
@safe final class PlainQueue {
  static let files = ["plan.json", "signals_export.json", "bars/S.M1.csv", "run_manifest.json", "run_meta.json"]
  static let digest = String(repeating: "0", count: 64)

  /// A call that SQLite refused.
  struct Refused: Error {
    let sql: String
    let code: Int32
  }

  private var connection: OpaquePointer?
  private var statements: [String: OpaquePointer] = unsafe [:]

  init(path: String, synchronous: String) throws {
    let code = unsafe sqlite3_open(path, &connection)
    guard code == SQLITE_OK else { throw Refused(sql: "open", code: code) }
    try run("PRAGMA synchronous = \(synchronous)")
  }

  deinit {
    while let statement = unsafe statements.popFirst()?.value { unsafe sqlite3_finalize(statement) }
    unsafe sqlite3_close(connection)
  }

  /// One job from submit to its end.
  func cycle(_ id: String, now: Int64) throws {
    try transaction {
      try run(Self.find, [.text(id)])
      try run(Self.insert, [.text(Self.request(id)), .integer(now), .integer(now)])
      try run(
        Self.note,
        [.integer(unsafe sqlite3_last_insert_rowid(connection)), .integer(0), .text("submitted"), .integer(now)])
      try run(Self.find, [.text(id)])
    }
    var job: Int64 = 0
    try run(Self.mayClaim, [.integer(now)])
    try transaction {
      try run(Self.promote, [.integer(now)])
      job = try run(Self.claim, [.integer(now + 30_000), .integer(now)])
      try run(Self.attempt, [.integer(job), .integer(now)])
      try run(Self.note, [.integer(job), .integer(1), .text("claimed"), .integer(now)])
    }
    try transaction {
      try run(Self.fenced, [.integer(job)])
      try run(Self.succeed, [.integer(now), .text("/srv/artifacts/prepaper/\(id)"), .integer(job)])
      try run("DELETE FROM artifacts WHERE job_id = ?", [.integer(job)])
      for file in Self.files { try run(Self.file, [.integer(job), .text(file), .text(Self.digest)]) }
      try run(Self.close, [.integer(now), .integer(job)])
      try run(Self.note, [.integer(job), .integer(1), .text("succeeded"), .integer(now)])
      try run(Self.dependents, [.integer(job)])
    }
  }

  private static func request(_ id: String) -> String {
    CanonicalJSON.compactText(
      .object([
        "run_id": .string(id), "backtest_run_id": .string("B"), "artifacts_root": .string("/srv/artifacts"),
        "session_mode": .string("rth"), "allow_unapproved": .bool(false), "mode": .string("replay"),
        "strict": .bool(false),
      ]))
  }

  /// Runs a statement that is not worth keeping.
  func execute(_ sql: String) throws {
    try run(sql)
  }

  private enum Value {
    case integer(Int64)
    case text(String)
  }

  private func transaction(_ body: () throws -> Void) throws {
    try run("BEGIN IMMEDIATE")
    try body()
    try run("COMMIT")
  }

  /// Runs a statement, reads every column of its rows, and gives the first column of the last one as a number.
  @discardableResult
  private func run(_ sql: String, _ values: [Value] = []) throws -> Int64 {
    let statement = unsafe try prepared(sql)
    for (index, value) in values.enumerated() {
      switch value {
      case .integer(let number): unsafe sqlite3_bind_int64(statement, Int32(index + 1), number)
      case .text(let text):
        // SQLITE_TRANSIENT: SQLite takes a copy.
        unsafe sqlite3_bind_text(
          statement, Int32(index + 1), text, -1, unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
    }
    var first: Int64 = 0
    var code = unsafe sqlite3_step(statement)
    while code == SQLITE_ROW {
      first = unsafe sqlite3_column_int64(statement, 0)
      for column in 0..<(unsafe sqlite3_column_count(statement)) { _ = unsafe sqlite3_column_text(statement, column) }
      code = unsafe sqlite3_step(statement)
    }
    unsafe sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw Refused(sql: sql, code: code) }
    return first
  }

  private func prepared(_ sql: String) throws -> OpaquePointer {
    if let statement = unsafe statements[sql] { return unsafe statement }
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw Refused(sql: sql, code: code) }
    unsafe statements[sql] = statement
    return unsafe statement
  }
}

extension PlainQueue {
  static let find = "SELECT * FROM jobs WHERE run_id = ?"
  static let insert = """
    INSERT INTO jobs (request, state, priority, max_tries, queued_at, submitted_at) VALUES (?, 'queued', 0, 3, ?, ?)
    """
  static let note = "INSERT INTO job_events (job_id, attempt, worker, kind, at) VALUES (?, ?, 'bench', ?, ?)"
  static let mayClaim = """
    SELECT ((SELECT paused_at FROM gate) IS NULL
        AND (SELECT id FROM jobs WHERE state = 'queued' AND held = 0 ORDER BY priority DESC, id LIMIT 1) IS NOT NULL)
      OR EXISTS (SELECT 1 FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= ?)
    """
  static let promote = """
    UPDATE jobs SET state = 'queued', queued_at = run_at, run_at = NULL, held = concurrency_key IS NOT NULL
    WHERE id IN (SELECT id FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= ?
      ORDER BY run_at LIMIT 1000)
    RETURNING id, attempt, concurrency_key
    """
  static let claim = """
    UPDATE jobs SET state = 'running', attempt = attempt + 1, tries = tries + 1, worker = 'bench', lease_until = ?,
      started_at = ?, finished_at = NULL
    WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND held = 0 ORDER BY priority DESC, id LIMIT 1)
    RETURNING *
    """
  static let attempt = """
    INSERT INTO attempts (job_id, attempt, worker, log, started_at) VALUES (?, 1, 'bench', 'logs/bench.log', ?)
    """
  static let fenced = """
    SELECT concurrency_key, cancel_requested_at FROM jobs
    WHERE id = ? AND attempt = 1 AND worker = 'bench' AND state = 'running'
    """
  static let succeed = """
    UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, cancel_requested_at = NULL,
      finished_at = ?, result = 'SUCCESS', reason = NULL, synthetic = 1, run_dir = ?, error_code = NULL,
      error_message = NULL
    WHERE id = ? AND attempt = 1 AND worker = 'bench' AND state = 'running'
    """
  static let dependents = "SELECT id, attempt, concurrency_key, run_at FROM jobs WHERE waits_for = ? ORDER BY id"
  static let file = "INSERT INTO artifacts (job_id, path, bytes, sha256) VALUES (?, ?, 1000, ?)"
  static let close = """
    UPDATE attempts SET finished_at = ?, outcome = 'succeeded', error_code = NULL, error_message = NULL
    WHERE job_id = ? AND attempt = 1 AND finished_at IS NULL
    """
}
