package import GRDB

/// Brings the file of a store to the version of this program, step by step, each of them once and for all.
///
/// GRDB's own migrator counts in a table of its own; files of prepaper count in `PRAGMA user_version`, and are known by
/// their `application_id`, from their first version on.
package struct SchemaMigrator: Sendable {
  /// Why a file is not one that may be changed.
  package enum Refusal: Error, Hashable, Sendable {
    /// It is a database of something else.
    case foreign
    /// A newer program has written it, whose schema has that version.
    case newer(version: Int)
  }

  private let applicationID: Int64
  private let steps: [String]

  /// A migrator of one kind of file.
  ///
  /// - Parameters:
  ///   - applicationID: marks the files as being of that kind.
  ///   - steps: SQL that leads from each version to the next; a step is never changed once it has landed.
  package init(applicationID: Int64, steps: [String]) {
    self.applicationID = applicationID
    self.steps = steps
  }

  /// The version that this program knows, and brings older files to.
  package var version: Int { steps.count }

  /// Brings a file to this version in one transaction, so that two processes may do it at once.
  ///
  /// - Throws: `Refusal`, or `SQLiteFailure`; the file is left as it was.
  package func migrate(_ store: SQLiteStore) throws {
    // Reading first: a migrated file must not cost every command a write.
    if try store.read({ try version(of: $0) }) == version { return }
    // A step may put a table in the place of another, to whose rows other rows refer.
    try store.withoutForeignKeys { database in
      let version = try version(of: database)
      for step in steps[version...] { try database.execute(sql: step) }
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      try database.execute(sql: "PRAGMA user_version = \(self.version)")
    }
  }

  /// Whether the file is empty, or one of this version or an older one.
  package func isKnown(in database: Database) throws -> Bool {
    do {
      _ = try version(of: database)
      return true
    } catch is Refusal {
      return false
    }
  }

  /// Whether the file is marked as one of this kind.
  package func isOurs(in database: Database) throws -> Bool {
    try Int64.fetchOne(database, sql: "PRAGMA application_id") == applicationID
  }

  /// How many steps the file has behind it; none where it is empty.
  private func version(of database: Database) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    let isOurs = application == applicationID && version >= 0
    guard isOurs || (isEmpty && version == 0 && application == 0) else { throw Refusal.foreign }
    guard version <= self.version else { throw Refusal.newer(version: version) }
    return version
  }
}
