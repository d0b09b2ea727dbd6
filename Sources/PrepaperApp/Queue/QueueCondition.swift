package import PrepaperQueue

/// How full a queue is, and what keeps it from getting on.
package struct QueueCondition {
  /// Its file.
  package let path: String
  /// How full it is; nil where there is no queue yet.
  package let overview: QueueOverview?
  /// What keeps runs from being executed: at the queue's own place, or where they are to be written.
  package let trouble: (code: String, message: String)?

  /// The queue at a path as it is now.
  ///
  /// - Parameter store: nil where there is none yet.
  /// - Throws: `SQLiteFailure`.
  package init(path: String, _ store: JobStore?) throws {
    self.path = path
    overview = try store?.overview()
    let deferred = try store?.deferred(now: SystemClock().now)
    let place = QueuePlace(queuePath: path)
    trouble =
      if let trouble = place.trouble {
        (trouble.rawValue, place.words(trouble))
      } else {
        deferred.map {
          ($0.errorCode, "no run for \($0.artifactsRoot) is claimed until that is mended: \($0.errorMessage)")
        }
      }
  }
}
