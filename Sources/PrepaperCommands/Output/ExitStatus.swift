import PrepaperApp
import PrepaperDomain
import PrepaperQueue

/// The exit codes of `prepaper`; 64 to 78 are those of `sysexits.h`, 124 that of `timeout(1)`, above 128 a signal's.
enum ExitStatus: Int32 {
  case failed = 1
  case noSuchRun = 3
  case cancelled = 4
  case noSignals = 5
  case usage = 64
  case data = 65
  case inputMissing = 66
  case cannotWrite = 73
  case tryAgain = 75
  case configuration = 78
  case waitTimedOut = 124
  case interrupted = 130
  case terminated = 143

  /// The code for what keeps the program from doing what it was asked for.
  init(_ reason: AppError.Reason) {
    self =
      switch reason {
      case .failed: .failed
      case .noSuchRun: .noSuchRun
      case .usage: .usage
      case .data: .data
      case .inputMissing: .inputMissing
      case .cannotWrite: .cannotWrite
      case .tryAgain: .tryAgain
      case .configuration: .configuration
      case .waitTimedOut: .waitTimedOut
      case .interrupted: .interrupted
      case .terminated: .terminated
      }
  }

  /// The code for runs that have ended, or nil for 0: one that failed goes before one that was cancelled, that before
  /// one without signals.
  init?(ofEnded jobs: [Job]) {
    if jobs.contains(where: { $0.state == .failed }) {
      self = .failed
    } else if jobs.contains(where: { $0.state == .cancelled }) {
      self = .cancelled
    } else if jobs.contains(where: { $0.result == .noSignals }) {
      self = .noSignals
    } else {
      return nil
    }
  }
}

extension RunWait.Result {
  /// What the command exits with; nil for 0.
  var status: ExitStatus? { failure.map { ExitStatus($0.reason) } ?? ExitStatus(ofEnded: runs.map(\.job)) }
}
