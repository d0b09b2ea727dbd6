import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperWorker

/// What `status` shows: some runs, or how full the queue is.
struct StatusReport {
  let json: [String: JSONValue]
  let text: String
  /// The runs that are there, and those that are not.
  let found: [Job]
  let missing: [RunID]

  /// Runs as they are now.
  ///
  /// - Parameter store: nil where there is no queue.
  init(of runIDs: [RunID], in store: JobStore?, _ colour: StateColour) throws {
    var found: [JobDetails] = []
    var missing: [RunID] = []
    for id in runIDs {
      do {
        guard let store else { missing.append(id); continue }
        found.append(try store.details(id))
      } catch let error as JobStoreError where error.code == .noSuchRun {
        missing.append(id)
      }
    }
    json = [
      "jobs": .array(store.map { store in found.map { .object($0.json(store.directory)) } } ?? []),
      "missing": .array(missing.map { .string($0.description) }),
    ]
    text = found.map { $0.text(colour) }.joined(separator: "\n\n")
    self.found = found.map(\.job)
    self.missing = missing
  }

  /// The whole queue as it is now.
  init(queueAt path: String, _ store: JobStore?) throws {
    let output = try OverviewOutput(path: path, store)
    json = output.json
    text = output.text
    found = []
    missing = []
  }
}
