import Foundation
package import PrepaperDomain
package import PrepaperQueue

/// The file of a queue, and what must hold before it is opened.
package struct QueueFile {
  /// Its absolute path; nothing need be there.
  package let path: String
  private let stateDirectory: String

  /// The queue that a flag names, else the settings.
  package init(flag: String?, _ settings: Settings) {
    path = settings.queuePath(flag: flag)
    stateDirectory = settings.stateDirectory
  }

  /// Opens the queue, and makes it where there is none.
  ///
  /// - Throws: `AppError` with `cannotWrite` where it is not this user's to open; `JobStoreError`, `SQLiteFailure`.
  package func open() throws -> JobStore {
    try check()
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    // Elsewhere, a directory that is not there is a mistake in the name.
    if "\(directory)/".hasPrefix("\(stateDirectory)/") { try Settings.makeDirectory(directory) }
    return try store()
  }

  /// Opens the queue if there is one: asking for a run must not make a queue.
  ///
  /// - Throws: `AppError` with `cannotWrite` where it is not this user's to open; `JobStoreError`, `SQLiteFailure`.
  package func openExisting() throws -> JobStore? {
    try check()
    return FileManager.default.fileExists(atPath: path) ? try store() : nil
  }

  /// Opens the queue that must have runs in it.
  ///
  /// - Throws: `AppError` with `noSuchRun` where there is no queue, else as the others.
  package func open(holding runIDs: [RunID]) throws -> JobStore {
    guard let store = try openExisting() else {
      throw AppError(
        JobStoreError.Code.noSuchRun.rawValue,
        "no run \(runIDs.map(\.description).joined(separator: ", ")): there is no queue \(path)", .noSuchRun)
    }
    return store
  }

  /// SQLite would not say whose the file is.
  private func check() throws(AppError) {
    let rights = PathRights(path)
    if let failure = rights.closed ?? rights.unwritable { throw failure }
  }

  private func store() throws -> JobStore { try JobStore(path: path, busyWait: .ofThisProcess) }
}
