internal import GRDB
import PrepaperSQLite

/// The tables of the queue, and the steps that lead to them.
///
/// A step is never changed once it has landed.
enum QueueSchema {
  /// Marks the file as a queue of prepaper: `PPQ1`.
  private static let applicationID: Int64 = 0x5050_5131

  static let migrator = SchemaMigrator(applicationID: applicationID, steps: [first, options, requests])

  /// Brings a file to this version.
  ///
  /// - Throws: `JobStoreError` with `schema_newer` or `schema_foreign`; the file is left as it was.
  static func migrate(_ store: SQLiteStore) throws {
    do {
      try migrator.migrate(store)
    } catch SchemaMigrator.Refusal.foreign {
      throw JobStoreError(
        .schemaForeign,
        "\(store.path) is a database of something else, not a queue of prepaper; nothing was changed. Set "
          + "--queue-db or PREPAPER_QUEUE_DB to another file")
    } catch SchemaMigrator.Refusal.newer(let version) {
      throw JobStoreError(
        .schemaNewer,
        "\(store.path) has schema version \(version), this prepaper knows \(migrator.version); nothing was changed. "
          + "Use the newer prepaper that wrote it")
    }
  }
}
