internal import GRDB

/// A SQLite database that could not be used: which, why, and of what kind the fault is.
package struct SQLiteFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What can be wrong with a database.
  package enum Kind: String, Sendable {
    /// Another process holds its lock for too long.
    case busy
    /// The disk is full.
    case diskFull
    /// It cannot be opened, or is not there.
    case cannotOpen
    /// It may not be written.
    case readOnly
    /// It is not a database, or its pages are damaged.
    case corrupt
    /// A row breaks a rule of its table.
    case constraint
    /// Anything else.
    case other
  }

  /// What is wrong.
  package let kind: Kind
  /// The file.
  package let path: String
  /// SQLite's own words.
  package let detail: String

  /// `queue.db: database is locked (…)` and what to do.
  package var description: String {
    let advice =
      switch kind {
      case .busy: "another process kept it locked; try again"
      case .diskFull: "make room and try again"
      case .cannotOpen: "check the path and its permissions"
      case .readOnly: "it cannot be written; check the permissions of the file and its directory"
      case .corrupt: "it is not an intact SQLite database; move it away or restore a copy, nothing was changed"
      case .constraint: "a row was refused"
      case .other: "SQLite gave up"
      }
    return "\(path): \(advice) (\(detail))"
  }

  /// The failure behind an error that GRDB threw, or nil where it is none of SQLite's.
  init?(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else { return nil }
    self.path = path
    detail = error.message ?? error.resultCode.description
    kind =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_FULL: .diskFull
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotOpen
      case .SQLITE_READONLY: .readOnly
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
      case .SQLITE_CONSTRAINT: .constraint
      default: .other
      }
  }
}
