import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

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
    let runs = try FoundRuns(runIDs, in: store)
    json = [
      "jobs": .array(store.map { store in runs.found.map { .object($0.json(store.directory)) } } ?? []),
      "missing": .array(runs.missing.map { .string($0.description) }),
    ]
    text = runs.found.map { $0.text(colour) }.joined(separator: "\n\n")
    found = runs.found.map(\.job)
    missing = runs.missing
  }

  /// The whole queue as it is now.
  init(queueAt path: String, _ store: JobStore?) throws {
    let condition = try QueueCondition(path: path, store)
    json = condition.json
    text = condition.table.text
    found = []
    missing = []
  }
}
