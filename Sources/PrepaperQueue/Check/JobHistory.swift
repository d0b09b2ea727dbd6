import PrepaperJSON

/// The life of a job as its events tell it, one after the other.
struct JobHistory {
  /// A rule that an event breaks, and how.
  typealias Fault = (rule: QueueBreach.Rule, words: String)

  /// Where the job stands.
  enum Stage: Equatable {
    case none
    /// Submitted or retried: queued, or scheduled for a time or after another job.
    case waiting
    case queued, scheduled
    case running(worker: String)
    case ended(String)

    /// The states of the job's row that it can be.
    var states: [String] {
      switch self {
      case .none: ["nothing"]
      case .waiting: ["queued", "scheduled"]
      case .queued: ["queued"]
      case .scheduled: ["scheduled"]
      case .running: ["running"]
      case .ended(let state): [state]
      }
    }
  }

  private(set) var stage = Stage.none
  /// The last claim's number.
  private(set) var attempt: Int64 = 0
  /// How many claims count.
  private(set) var tries: Int64 = 0
  /// Whether somebody wants it cancelled, while it runs.
  private(set) var isCancelRequested = false

  /// Whether an attempt runs.
  var isRunning: Bool { worker != nil }

  /// Who runs it.
  var worker: String? {
    guard case .running(let worker) = stage else { return nil }
    return worker
  }

  /// Takes the next event; the rule that it breaks, if it does.
  mutating func take(_ event: QueueEvent) -> Fault? {
    if let fault = fault(of: event) { return fault }
    isCancelRequested = event.kind == "cancel_requested"
    switch event.kind {
    case "submitted": stage = .waiting
    case "claimed":
      stage = .running(worker: event.worker ?? "")
      attempt = event.attempt
      tries += 1
    case "cancel_requested": break
    case "due", "lost", "released": stage = .queued
    case "scheduled": stage = .scheduled
    case "retried":
      stage = .waiting
      tries = 0
    default: stage = .ended(event.kind)
    }
    return nil
  }

  /// Takes back the try of the attempt that has just ended: it was released.
  mutating func giveTryBack() { tries -= 1 }

  private func fault(of event: QueueEvent) -> Fault? {
    switch (stage, event.kind) {
    case (.none, "submitted"):
      return event.attempt == 0 ? nil : (.fence, "it was submitted with attempt \(event.attempt)")
    case (.none, _): return (.order, "its history begins with \(event.kind)")
    case (.running(let worker), "claimed"):
      return (.overlap, "\(event.worker ?? "nobody") claimed attempt \(event.attempt) while \(worker) ran \(attempt)")
    case (_, "claimed") where event.attempt <= attempt:
      return (.rising, "attempt \(event.attempt) was claimed after attempt \(attempt)")
    case (.ended, "retried"): return fenceFault(of: event)
    case (.ended(let state), _): return (.final, "\(event.kind) after it was \(state)")
    case (.waiting, "claimed"), (.queued, "claimed"):
      return event.worker == nil ? (.fence, "nobody claimed attempt \(event.attempt)") : nil
    case (.running, "cancel_requested") where !isCancelRequested: return fenceFault(of: event)
    case (.running, "succeeded"), (.running, "scheduled"), (.running, "released"), (.running, "lost"),
      (_, "failed"), (_, "cancelled"), (.waiting, "due"), (.scheduled, "due"):
      return fenceFault(of: event)
    case (_, "succeeded"), (_, "scheduled"), (_, "released"), (_, "lost"):
      return (.unclaimed, "\(event.kind) while no attempt of it ran")
    default: return (.order, "\(event.kind) while it was \(stage.states.joined(separator: " or "))")
    }
  }

  private func fenceFault(of event: QueueEvent) -> Fault? {
    guard event.attempt == attempt else {
      return (.fence, "\(event.kind) names attempt \(event.attempt), the current one was \(attempt)")
    }
    guard event.worker == nil || event.worker == worker else {
      return (.fence, "\(event.kind) names worker \(event.worker ?? ""), not \(worker ?? "nobody")")
    }
    return nil
  }
}
