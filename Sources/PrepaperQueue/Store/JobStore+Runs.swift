internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// The jobs of runs in that order, all as they were at one moment.
  ///
  /// - Throws: `JobStoreError` with `no_such_run` where one is not there; `SQLiteFailure`.
  package func jobs(_ runIDs: [RunID]) throws -> [Job] {
    try store.read { database in try runIDs.map { try job($0, in: database) } }
  }
}
