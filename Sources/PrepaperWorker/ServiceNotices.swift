internal import Logging
internal import PrepaperDomain
internal import PrepaperQueue
internal import Systemd

/// What a worker tells the service manager; without one it tells nobody.
struct ServiceNotices: Sendable {
  let notifier: ServiceNotifier
  let logger: Logger

  /// Start-up is over.
  func ready() { send(.ready) }

  /// A write to the queue was committed.
  func alive() { send(.watchdog) }

  /// The worker ends when its attempt is done.
  func stopping() { send(.stopping) }

  /// Nothing runs.
  func status(idle overview: QueueOverview, now: UTCTimestamp) {
    send(.status("idle; \(waiting(overview, now))"))
  }

  /// An attempt runs.
  func status(running claim: Claim, in store: JobStore, now: UTCTimestamp) {
    do {
      let waiting = waiting(try store.overview(), now)
      send(.status("running \(claim.request.runID) (attempt \(claim.attempt)); \(waiting)"))
    } catch {
      logger.warning("the queue could not be counted: \(error)")
    }
  }

  /// The queue cannot be written, and nothing is claimed until it can; or nothing is for these roots.
  func status(trouble: String, roots: [String] = []) {
    let place = roots.isEmpty ? "" : " for \(roots.joined(separator: ", "))"
    send(.status("waiting, nothing is claimed\(place): \(trouble)"))
  }

  private func waiting(_ overview: QueueOverview, _ now: UTCTimestamp) -> String {
    let counts =
      "\(overview.counts[.running] ?? 0) running, \(overview.counts[.queued] ?? 0) queued, "
      + "\(overview.counts[.scheduled] ?? 0) scheduled"
      + (overview.pausedSince == nil ? "" : ", paused")
    guard let oldest = overview.oldestQueuedSince else { return counts }
    return "\(counts), oldest waits \((now - oldest).components.seconds) s"
  }

  /// A manager that cannot be told is no reason to stop working.
  private func send(_ state: NotifyState) {
    do {
      try notifier.send(state)
    } catch {
      logger.warning("the service manager was not told: \(error)")
    }
  }
}
