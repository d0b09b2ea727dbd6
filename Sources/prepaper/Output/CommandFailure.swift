import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite

/// A command that ends without what it was asked for: a code for scripts, words for people, and the exit code.
struct CommandFailure: Error, CustomStringConvertible {
  let code: String
  let message: String
  let status: ExitStatus

  var description: String { message }

  /// The failure as `--json` shows it.
  var json: JSONValue { .object(["code": .string(code), "message": .string(message)]) }

  init(_ code: String, _ message: String, _ status: ExitStatus) {
    self.code = code
    self.message = message
    self.status = status
  }

  /// The failure behind an error of the layers below, or nil where it is none of theirs.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as RunError: self.init(error.code.rawValue, error.message, error.code.exitStatus)
    case let error as JobStoreError: self.init(error.code.rawValue, error.message, error.code.exitStatus)
    case let failure as SQLiteFailure: self.init(failure.kind.code, "queue \(failure)", failure.kind.exitStatus)
    default: return nil
    }
  }
}

extension RunErrorCode {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .manifestNotFound, .symbolUnknown, .signalsUnreadable: .inputMissing
    case .manifestInvalid, .backtestNotApproved, .unknownStrategy, .paramsInvalid, .barsInvalid, .signalsConflict,
      .signalsSchemaForeign, .artifactConflict, .requestUnreadable:
      .data
    case .artifactsRootRefused, .cannotWrite, .readOnly: .cannotWrite
    case .providerUnavailable, .providerRateLimited, .historyLoading, .storeBusy, .diskFull, .outOfResources: .tryAgain
    case .providerRefused, .keyInvalid, .policyInvalid: .configuration
    case .strategyFailed, .nondeterministic, .lookahead, .workerLost, .timedOut, .killed, .dependencyFailed,
      .unexpected:
      .failed
    }
  }
}

extension JobStoreError.Code {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .noSuchRun: .noSuchRun
    case .requestConflict, .notRetryable, .notCancellable, .unreadable: .data
    case .leaseLost, .replaced: .tryAgain
    case .schemaNewer, .schemaForeign: .configuration
    }
  }
}

extension SQLiteFailure.Kind {
  fileprivate var code: String {
    switch self {
    case .busy: RunErrorCode.storeBusy.rawValue
    case .diskFull: RunErrorCode.diskFull.rawValue
    case .cannotOpen, .readOnly: RunErrorCode.cannotWrite.rawValue
    case .corrupt, .constraint, .other: "queue_unreadable"
    }
  }

  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .busy, .diskFull: .tryAgain
    case .cannotOpen, .readOnly: .cannotWrite
    case .corrupt, .constraint, .other: .data
    }
  }
}
