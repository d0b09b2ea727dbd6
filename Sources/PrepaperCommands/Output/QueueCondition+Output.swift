import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

extension QueueCondition {
  /// The condition as `--json` shows it.
  var json: [String: JSONValue] {
    [
      "queue_db": .string(path),
      "counts": .object(
        Dictionary(uniqueKeysWithValues: counts.map { ($0.0.rawValue, .integer(Int64($0.1))) })),
      "attempts": .object((overview?.attempts ?? [:]).mapValues { .integer(Int64($0)) }),
      "oldest_queued_since": (overview?.oldestQueuedSince).json,
      "next_run_at": (overview?.nextRunAt).json,
      "paused_since": (overview?.pausedSince).json,
      "trouble": trouble.map { .object(["code": .string($0.code), "message": .string($0.message)]) } ?? .null,
    ]
  }

  /// A row for each fact that there is.
  var table: Table {
    var table = Table([])
    for (state, count) in counts { table.add([state.rawValue, "\(count)"]) }
    if let oldest = overview?.oldestQueuedSince { table.add(["oldest since", oldest.rfc3339]) }
    if let next = overview?.nextRunAt { table.add(["next due", next.rfc3339]) }
    if let paused = overview?.pausedSince { table.add(["paused since", paused.rfc3339]) }
    let ended = (overview?.attempts ?? [:]).filter { $0.value > 0 }.sorted { $0.key < $1.key }
    if !ended.isEmpty { table.add(["attempts", ended.map { "\($0.value) \($0.key)" }.joined(separator: ", ")]) }
    if let trouble { table.add(["trouble", trouble.message]) }
    return table
  }

  private var counts: [(JobState, Int)] { JobState.allCases.map { ($0, overview?.counts[$0] ?? 0) } }
}
