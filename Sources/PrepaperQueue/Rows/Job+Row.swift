internal import GRDB
import PrepaperDomain
import PrepaperJSON

extension Job {
  /// The job of a row of `JobColumn.names`.
  ///
  /// - Throws: `JobStoreError` with `unreadable` where a value is none that this version writes.
  init(_ row: Row) throws {
    do throws(JobStoreError) {
      request = try JobRequest(row: row[.request])
    } catch {
      throw JobStoreError(.unreadable, "job \(row[.id] as Int64): \(error)")
    }
    guard let state = JobState(rawValue: row[.state]) else {
      throw JobStoreError(.unreadable, "job \(row[.id] as Int64): its state cannot be")
    }
    id = row[.id]
    self.state = state
    priority = row[.priority]
    attempt = row[.attempt]
    tries = row[.tries]
    maxTries = row[.maxTries]
    timeout = (row[.timeout] as Int64?).map(Duration.milliseconds)
    concurrencyKey = row[.concurrencyKey]
    after = (row[.after] as String?).flatMap(RunID.init)
    isWaiting = (row[.waitsFor] as Int64?) != nil
    cancelRequestedAt = row.timestamp(.cancelRequestedAt)
    worker = row[.worker]
    leaseUntil = row.timestamp(.leaseUntil)
    runAt = row.timestamp(.runAt)
    result = (row[.result] as String?).flatMap(RunStatus.init)
    reason = row[.reason]
    isSynthetic = row[.synthetic]
    errorCode = row[.errorCode]
    errorMessage = row[.errorMessage]
    runDirectory = row[.runDirectory]
    submittedAt = UTCTimestamp(milliseconds: row[.submittedAt])
    startedAt = row.timestamp(.startedAt)
    finishedAt = row.timestamp(.finishedAt)
  }
}

extension Row {
  /// The instant in a column of milliseconds, or nil where it is null.
  func timestamp(_ column: String) -> UTCTimestamp? {
    (self[column] as Int64?).map(UTCTimestamp.init(milliseconds:))
  }
}
