internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// No run is deferred for longer: what is due later waits for something else, and a million of them are not read.
  private static let longest = Duration.seconds(60)

  /// The deferred run that comes back next; nil where there is none.
  ///
  /// - Throws: `SQLiteFailure`.
  package func deferred(now: UTCTimestamp) throws -> DeferredRun? {
    let codes = RunErrorCode.allCases.filter(\.isOutage).map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return try store.withoutTransaction { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT artifacts_root, error_code, coalesce(error_message, '') FROM jobs
          WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= ? AND error_code IN (\(codes))
          ORDER BY run_at LIMIT 1
          """, arguments: [(now + Self.longest).milliseconds]
      ).map { DeferredRun(artifactsRoot: $0[0], errorCode: $0[1], errorMessage: $0[2]) }
    }
  }
}
