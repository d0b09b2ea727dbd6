import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// How a queue does, as `queue stats` shows it.
struct StatisticsOutput {
  let condition: QueueCondition
  /// Nil where there is no queue yet.
  let statistics: QueueStatistics?
  /// How long the write-ahead log is.
  let logBytes: Int64
  let now: UTCTimestamp

  var json: [String: JSONValue] {
    condition.json.merging([
      "oldest_wait": oldestWait.json,
      "rescues": .integer(Int64(condition.overview?.attempts["lost"] ?? 0)),
      "wait": (statistics?.waits).json,
      "run": (statistics?.runs).json,
      "wal_bytes": .integer(logBytes),
      "workers": .array(
        (statistics?.workers ?? []).map { worker in
          .object([
            "name": .string(worker.name), "host": .string(worker.host), "pid": .integer(Int64(worker.processID)),
            "started_at": .string(worker.startedAt.rfc3339), "seen_at": .string(worker.seenAt.rfc3339),
          ])
        }),
    ]) { _, own in own }
  }

  var text: String {
    var table = condition.table
    if let oldestWait { table.add(["oldest wait", oldestWait.text]) }
    table.add(["rescues", "\(condition.overview?.attempts["lost"] ?? 0)"])
    for (name, spread) in [("wait", statistics?.waits), ("run", statistics?.runs)] {
      if let spread {
        table.add([
          name,
          "p50 \(spread.median.text), p95 \(spread.percentile95.text), max \(spread.largest.text), of \(spread.count)",
        ])
      }
    }
    table.add(["write-ahead log", "\(logBytes) bytes"])
    for worker in statistics?.workers ?? [] {
      table.add(["worker", "\(worker.name), seen at \(worker.seenAt.rfc3339)"])
    }
    return table.text
  }

  private var oldestWait: Duration? {
    (condition.overview?.oldestQueuedSince).map { max(.zero, now - $0) }
  }
}

extension Spread? {
  /// Seconds, or null where nothing was measured.
  fileprivate var json: JSONValue {
    map { spread in
      .object([
        "count": .integer(Int64(spread.count)), "p50": Duration?(spread.median).json,
        "p95": Duration?(spread.percentile95).json, "max": Duration?(spread.largest).json,
      ])
    } ?? .null
  }
}

extension Duration {
  /// Seconds with milliseconds.
  fileprivate var text: String { "\(Double(microseconds / 1000) / 1000) s" }
}
