import PrepaperDomain
import PrepaperQueue

/// How full the queue is, and what is wrong with its place, as commands show it.
struct OverviewOutput {
  let path: String
  /// Nil where there is no queue yet.
  let overview: QueueOverview?

  var json: [String: JSONValue] {
    let place = QueuePlace(queuePath: path)
    return [
      "queue_db": .string(path),
      "counts": .object(
        Dictionary(uniqueKeysWithValues: counts.map { ($0.0.rawValue, .integer(Int64($0.1))) })),
      "attempts": .object((overview?.attempts ?? [:]).mapValues { .integer(Int64($0)) }),
      "oldest_queued_since": (overview?.oldestQueuedSince).json,
      "next_run_at": (overview?.nextRunAt).json,
      "paused_since": (overview?.pausedSince).json,
      "trouble": place.trouble.map {
        .object(["code": .string($0.rawValue), "message": .string(place.words($0))])
      } ?? .null,
    ]
  }

  var text: String { table.text }

  /// A row for each fact that there is.
  var table: Table {
    var table = Table([])
    for (state, count) in counts { table.add([state.rawValue, "\(count)"]) }
    if let oldest = overview?.oldestQueuedSince { table.add(["oldest since", oldest.rfc3339]) }
    if let next = overview?.nextRunAt { table.add(["next due", next.rfc3339]) }
    if let paused = overview?.pausedSince { table.add(["paused since", paused.rfc3339]) }
    let ended = (overview?.attempts ?? [:]).filter { $0.value > 0 }.sorted { $0.key < $1.key }
    if !ended.isEmpty { table.add(["attempts", ended.map { "\($0.value) \($0.key)" }.joined(separator: ", ")]) }
    let place = QueuePlace(queuePath: path)
    if let trouble = place.trouble { table.add(["trouble", place.words(trouble)]) }
    return table
  }

  private var counts: [(JobState, Int)] { JobState.allCases.map { ($0, overview?.counts[$0] ?? 0) } }
}
