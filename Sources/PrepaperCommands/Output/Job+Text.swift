import PrepaperDomain
import PrepaperQueue

extension Job {
  /// Headings for `row`.
  static let headings = ["RUN", "STATE", "RESULT", "TRY", "PRIORITY", "SUBMITTED", "BACKTEST"]

  /// The job as a line of a table.
  var row: [String] {
    [
      request.runID.description, state.rawValue, resultText, "\(tries)/\(maxTries)", "\(priority)",
      submittedAt.rfc3339, request.backtestRunID.description,
    ]
  }

  /// The job and how it ended, as far as it has, on one line.
  func line(_ colour: StateColour) -> String {
    let end = state == .failed ? ": \(errorMessage ?? "")" : runDirectory.map { "  \($0)" } ?? ""
    let result = resultText == "-" ? "" : "  \(resultText)\(end)"
    return "\(request.runID)  \(colour.paint(state.rawValue, state))\(result)"
  }

  /// How it ended, as far as it has: `SUCCESS`, `NO_SIGNALS`, an error's code, or `-`.
  var resultText: String {
    if let result { return isSynthetic == true ? "\(result.rawValue) (synthetic)" : result.rawValue }
    return errorCode ?? "-"
  }
}

extension JobDetails {
  /// The job over several lines.
  func text(_ colour: StateColour) -> String {
    var table = Table([])
    table.add(["run", job.request.runID.description])
    table.add(["state", colour.paint(job.state.rawValue, job.state)])
    if job.result != nil { table.add(["result", job.resultText]) }
    if let reason = job.reason { table.add(["reason", reason]) }
    if let code = job.errorCode { table.add(["error", "\(code): \(job.errorMessage ?? "")"]) }
    table.add(["backtest", job.request.backtestRunID.description])
    table.add(["try", "\(job.tries) of \(job.maxTries)"])
    table.add(["submitted", job.submittedAt.rfc3339])
    if let startedAt = job.startedAt { table.add(["started", startedAt.rfc3339]) }
    if let finishedAt = job.finishedAt { table.add(["finished", finishedAt.rfc3339]) }
    if let runAt = job.runAt { table.add(["not before", runAt.rfc3339]) }
    if let after = job.after { table.add(["after", "\(after)\(job.isWaiting ? ", waits for it" : "")"]) }
    if let key = job.concurrencyKey { table.add(["key", key]) }
    if let worker = job.worker { table.add(["worker", worker]) }
    if let attempt = attempts.last, attempt.outcome == nil { table.add(["progress", attempt.progress.text]) }
    if let since = job.cancelRequestedAt { table.add(["cancel", "requested at \(since.rfc3339)"]) }
    if let directory = job.runDirectory { table.add(["directory", directory]) }
    for file in files { table.add(["artifact", "\(file.sha256)  \(file.path)"]) }
    return table.text
  }
}

extension AttemptProgress {
  /// The stage, and how many bars are done where that is known.
  fileprivate var text: String {
    let bars = barsTotal.map { ", \(barsDone ?? 0) of \($0) bars" } ?? ""
    return "\(stage ?? "starts")\(bars)"
  }
}
