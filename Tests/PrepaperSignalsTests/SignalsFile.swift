import Foundation
import GRDB
import PrepaperDomain
import PrepaperSQLite
import PrepaperSignals
import PrepaperTestSupport

/// A signals store in a directory of its own, and a second connection that looks at it as other tools do.
struct SignalsFile {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  var path: String { directory.path + "/signals.db" }

  func store(deadline: Duration = .seconds(10), seed: UInt64 = 1) -> SignalsStore {
    SignalsStore(path: path, busyWait: BusyWait(deadline: deadline, seed: seed))
  }

  /// Another tool's connection.
  func other() throws -> DatabaseQueue { try DatabaseQueue(path: path) }

  /// Lets another tool do something to the file.
  func execute(_ sql: String) throws {
    try other().writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  /// The first column of every row, as text.
  func column(_ sql: String) throws -> [String] {
    try other().read { try Row.fetchAll($0, sql: sql).map { "\($0[0] ?? "NULL" as any DatabaseValueConvertible)" } }
  }

  /// What SQLite keeps as the text of the tables.
  func schema() throws -> [String] {
    try column("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
  }

  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }
}

func runID(_ text: String) throws -> RunID {
  guard let id = RunID(text) else { throw NotReadable(text: text) }
  return id
}

func storedSignal(
  _ key: String, at time: String = "2025-12-15T14:45:00Z", symbol ticker: String = "SPY", payload: String = "{}"
) throws -> StoredSignal {
  StoredSignal(
    time: try instant(time), symbol: try symbol(ticker), idempotencyKey: key, sourceTag: "prepaper_plan_intent",
    payloadJSON: payload)
}

func batch(_ run: String, _ signals: [StoredSignal], at time: String = "2025-12-16T08:00:00Z") throws -> SignalsBatch {
  SignalsBatch(runID: try runID(run), createdAt: try instant(time), signals: signals)
}
