package import PrepaperDomain
package import PrepaperQueue

/// Tells an attempt that is silent from one whose lease only seems to be over, because somebody has set the clock.
///
/// A lease must be over by the time of day, and must not have been renewed while two heartbeats passed.
package struct LeaseWatch {
  private struct Sight {
    let leaseUntil: UTCTimestamp
    let since: Duration
  }

  private let confirmation: Duration
  private var sights: [Key: Sight] = [:]

  private struct Key: Hashable {
    let jobID, attempt: Int64
  }

  /// A watch of attempts that are renewed once in a heartbeat; it has seen none yet.
  package init(heartbeat: Duration) {
    confirmation = heartbeat * 2
  }

  /// Forgets the attempts that run no more.
  package mutating func keep(_ running: [RunningAttempt]) {
    let keys = Set(running.map { Key(jobID: $0.jobID, attempt: $0.attempt) })
    sights = sights.filter { keys.contains($0.key) }
  }

  /// How long until more can be said of the attempt, if it stays silent; zero where it is known to be.
  package mutating func patience(with attempt: RunningAttempt, now: UTCTimestamp, elapsed: Duration) -> Duration {
    let key = Key(jobID: attempt.jobID, attempt: attempt.attempt)
    guard attempt.leaseUntil <= now else {
      sights[key] = nil
      return attempt.leaseUntil - now
    }
    if let sight = sights[key], sight.leaseUntil == attempt.leaseUntil {
      return max(.zero, confirmation - (elapsed - sight.since))
    }
    sights[key] = Sight(leaseUntil: attempt.leaseUntil, since: elapsed)
    return confirmation
  }
}
