import ArgumentParser
import Foundation
import Glibc
import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite

/// Which queue a command works on.
struct QueueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The queue's file (PREPAPER_QUEUE_DB, else queue.db in the state directory).", valueName: "file"))
  var queueDb: String?

  /// Opens the queue, and makes it where there is none.
  func open(_ settings: Settings) throws -> JobStore {
    let path = settings.queuePath(flag: queueDb)
    try check(path)
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    // Elsewhere, a directory that is not there is a mistake in the name.
    if "\(directory)/".hasPrefix("\(settings.stateDirectory)/") { try settings.makeDirectory(directory) }
    return try JobStore(path: path, busyWait: BusyWait(seed: UInt64(getpid())))
  }

  /// Opens the queue that must have runs in it.
  ///
  /// - Throws: `CommandFailure` with exit code 3 where there is no queue.
  func open(holding runIDs: [RunID], _ settings: Settings) throws -> JobStore {
    guard let store = try openExisting(settings) else {
      throw CommandFailure(
        JobStoreError.Code.noSuchRun.rawValue,
        "no run \(runIDs.map(\.description).joined(separator: ", ")): there is no queue "
          + settings.queuePath(flag: queueDb), .noSuchRun)
    }
    return store
  }

  /// SQLite would not say whose the file is.
  private func check(_ path: String) throws(CommandFailure) {
    let rights = PathRights(path)
    if let failure = rights.closed ?? rights.unwritable { throw failure }
  }

  /// Opens the queue if there is one: asking for a run must not make a queue.
  func openExisting(_ settings: Settings) throws -> JobStore? {
    let path = settings.queuePath(flag: queueDb)
    try check(path)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try JobStore(path: path, busyWait: BusyWait(seed: UInt64(getpid())))
  }
}
