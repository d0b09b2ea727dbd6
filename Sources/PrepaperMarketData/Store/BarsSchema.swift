internal import GRDB
import PrepaperDomain
import PrepaperSQLite

/// The tables of a store of bars, and the steps that lead to them.
///
/// A step is never changed once it has landed. A table `bars` that somebody else made can be read all the same, where
/// it has the columns.
enum BarsSchema {
  /// Marks the file as a store of bars of prepaper: `PPB1`.
  private static let applicationID: Int64 = 0x5050_4231

  /// What a table of bars must have to be read.
  private static let columns = ["symbol", "tf", "ts", "open", "high", "low", "close", "volume"]

  private static let steps = [
    """
    -- ts is the bar's open in seconds since 1970-01-01T00:00:00Z, of a daily bar its session's date at 00:00Z.
    CREATE TABLE bars (
      symbol TEXT NOT NULL,
      tf TEXT NOT NULL,
      ts INTEGER NOT NULL,
      open REAL NOT NULL,
      high REAL NOT NULL,
      low REAL NOT NULL,
      close REAL NOT NULL,
      volume REAL NOT NULL,
      source TEXT NOT NULL,
      fetched_at INTEGER NOT NULL,
      PRIMARY KEY (symbol, tf, ts)
    ) STRICT, WITHOUT ROWID;

    -- What has been asked for and answered whole: bars that open in [from_ts, to_ts); ranges neither touch nor overlap.
    CREATE TABLE ranges (
      symbol TEXT NOT NULL,
      tf TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL CHECK (from_ts < to_ts),
      fetched_at INTEGER NOT NULL,
      PRIMARY KEY (symbol, tf, from_ts)
    ) STRICT, WITHOUT ROWID;

    -- Bars that came again with other numbers, each once.
    CREATE TABLE revisions (
      symbol TEXT NOT NULL,
      tf TEXT NOT NULL,
      ts INTEGER NOT NULL,
      kept_open REAL NOT NULL,
      kept_high REAL NOT NULL,
      kept_low REAL NOT NULL,
      kept_close REAL NOT NULL,
      kept_volume REAL NOT NULL,
      came_open REAL NOT NULL,
      came_high REAL NOT NULL,
      came_low REAL NOT NULL,
      came_close REAL NOT NULL,
      came_volume REAL NOT NULL,
      -- Whether the bar that came took the place of the one that was kept until then.
      replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),
      source TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      UNIQUE (
        symbol, tf, ts, replaced, kept_open, kept_high, kept_low, kept_close, kept_volume,
        came_open, came_high, came_low, came_close, came_volume)
    ) STRICT;
    """
  ]

  private static let migrator = SchemaMigrator(applicationID: applicationID, steps: steps)

  /// Brings a file to this version.
  ///
  /// - Throws: `RunError` with `bars_invalid`; the file is left as it was.
  static func migrate(_ store: SQLiteStore) throws {
    do {
      try migrator.migrate(store)
    } catch let refusal as SchemaMigrator.Refusal {
      throw RunError(.barsInvalid, "\(store.path) \(words(refusal))")
    }
  }

  /// Whether the file is empty, or a store of this version or an older one.
  static func isKnown(in database: Database) throws -> Bool { try migrator.isKnown(in: database) }

  /// Whether the file is a store of prepaper, and not only a table of bars.
  static func isOurs(in database: Database) throws -> Bool { try migrator.isOurs(in: database) }

  /// Refuses a file without a table of bars, and a table that lacks something.
  static func check(in database: Database, path: String) throws {
    guard try database.tableExists("bars") || database.viewExists("bars") else {
      throw RunError(.barsInvalid, "\(path) has no table bars; name a store of bars")
    }
    let present = Set(try database.columns(in: "bars").map { $0.name.lowercased() })
    let missing = columns.filter { !present.contains($0) }
    guard missing.isEmpty else {
      throw RunError(.barsInvalid, "\(path): its table bars lacks \(missing.joined(separator: ", "))")
    }
  }

  private static func words(_ refusal: SchemaMigrator.Refusal) -> String {
    switch refusal {
    case .foreign:
      "is not a store that prepaper made, and so is only read; nothing was changed. Name another file"
    case .newer(let version):
      "has schema version \(version), this prepaper knows \(migrator.version); nothing was changed. Use the newer "
        + "prepaper that wrote it"
    }
  }
}
