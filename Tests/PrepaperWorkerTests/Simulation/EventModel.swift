import PrepaperDomain
import PrepaperQueue
import Testing

/// What the queue must be after each step: every job moves only as its states allow, and its attempts only rise.
struct EventModel {
  private struct Seen {
    var state: JobState
    var attempt: Int64
  }

  private let queue: JobStore
  private var version: Int64 = -1
  private var jobs: [Int64: Seen] = [:]

  /// A model of a queue as it is now.
  init(_ queue: JobStore) throws {
    self.queue = queue
    for job in try queue.jobs(state: nil, limit: 12) { jobs[job.id] = Seen(state: job.state, attempt: job.attempt) }
  }

  /// Looks at that many jobs of the queue, if somebody wrote to it, and compares.
  mutating func follow(_ comment: Comment, jobs count: Int) throws {
    let latest = try queue.dataVersion()
    guard latest != version, count > 0 else { return }
    version = latest
    for job in try queue.jobs(state: nil, limit: count) {
      if let before = jobs[job.id] {
        if !Self.isAllowed(before.state, before.attempt, job) {
          Issue.record("\(comment): \(job.request.runID) went from \(before) to \(job.state), attempt \(job.attempt)")
        }
      } else if job.attempt > 1 || (job.attempt == 1 && job.state == .queued && job.tries == 0) {
        Issue.record("\(comment): \(job.request.runID) is new with attempt \(job.attempt)")
      }
      jobs[job.id] = Seen(state: job.state, attempt: job.attempt)
    }
  }

  /// Whether one transaction of a worker, or one here, can lead there.
  private static func isAllowed(_ state: JobState, _ attempt: Int64, _ job: Job) -> Bool {
    let next = (job.state, job.attempt)
    switch state {
    case .queued, .scheduled:
      // A claim; or that it becomes due, is cancelled, or ends with what it waits for.
      return next == (.running, attempt + 1)
        || (job.attempt == attempt && [.queued, .scheduled, .cancelled, .failed].contains(job.state))
    case .running:
      // Its end, or that it is taken back, as the same attempt.
      return job.attempt == attempt
    case .succeeded, .failed, .cancelled:
      // Final, since nobody retries here.
      return next == (state, attempt)
    }
  }
}
