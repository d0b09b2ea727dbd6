package import PrepaperDomain
package import PrepaperQueue

/// Runs that were asked for, as they are now: those that are in the queue, and those that are not.
package struct FoundRuns {
  /// Those that are there.
  package private(set) var found: [JobDetails] = []
  /// Those that are not.
  package private(set) var missing: [RunID] = []

  /// Looks for runs.
  ///
  /// - Parameter store: nil where there is no queue.
  /// - Throws: `SQLiteFailure`.
  package init(_ runIDs: [RunID], in store: JobStore?) throws {
    guard let store else {
      missing = runIDs
      return
    }
    for id in runIDs {
      do {
        found.append(try store.details(id))
      } catch let error as JobStoreError where error.code == .noSuchRun {
        missing.append(id)
      }
    }
  }
}
