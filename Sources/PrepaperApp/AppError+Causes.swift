import PrepaperDomain
import PrepaperPrograms
import PrepaperQueue
import PrepaperSQLite

extension AppError {
  /// An error of the layers below as the program tells it, or nil where it is none of theirs.
  package init?(_ error: any Error) {
    switch error {
    case let error as AppError: self = error
    case let error as RunError: self.init(error)
    case let error as JobStoreError: self.init(error.code.rawValue, error.message, error.code.reason)
    case let failure as SQLiteFailure: self.init(failure.kind.code, "queue \(failure)", failure.kind.reason)
    default: return nil
    }
  }

  /// What ended a run, or keeps it from being looked at.
  init(_ error: RunError) {
    self.init(error.code.rawValue, error.message, error.code.reason)
  }

  /// A registration that cannot be used is a fault of the configuration.
  init(_ error: RegistrationError) {
    self.init("configuration", error.description, .configuration)
  }
}

extension RunErrorCode {
  var reason: AppError.Reason {
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
  var reason: AppError.Reason {
    switch self {
    case .noSuchRun: .noSuchRun
    case .requestConflict, .notRetryable, .notCancellable, .unreadable: .data
    case .leaseLost, .replaced: .tryAgain
    case .schemaNewer, .schemaForeign: .configuration
    }
  }
}

extension SQLiteFailure.Kind {
  var code: String {
    switch self {
    case .busy: RunErrorCode.storeBusy.rawValue
    case .diskFull: RunErrorCode.diskFull.rawValue
    case .cannotOpen, .readOnly: RunErrorCode.cannotWrite.rawValue
    case .corrupt, .constraint, .other: "queue_unreadable"
    }
  }

  var reason: AppError.Reason {
    switch self {
    case .busy, .diskFull: .tryAgain
    case .cannotOpen, .readOnly: .cannotWrite
    case .corrupt, .constraint, .other: .data
    }
  }
}
