import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite
import Testing

@testable import PrepaperApp
@testable import PrepaperCommands

/// The exit codes are what scripts and units go by: each stands here as the number that the manual names.
@Suite struct ExitStatusTests {
  private static let reasons: [AppError.Reason: Int32] = [
    .failed: 1, .noSuchRun: 3, .usage: 64, .data: 65, .inputMissing: 66, .cannotWrite: 73, .tryAgain: 75,
    .configuration: 78, .waitTimedOut: 124, .interrupted: 130, .terminated: 143,
  ]

  private static let runs: [RunErrorCode: Int32] = [
    .manifestNotFound: 66, .symbolUnknown: 66, .signalsUnreadable: 66,
    .manifestInvalid: 65, .backtestNotApproved: 65, .unknownStrategy: 65, .paramsInvalid: 65, .barsInvalid: 65,
    .requestUnreadable: 65, .signalsConflict: 65, .signalsSchemaForeign: 65, .artifactConflict: 65,
    .artifactsRootRefused: 73, .cannotWrite: 73, .readOnly: 73,
    .providerUnavailable: 75, .providerRateLimited: 75, .historyLoading: 75, .storeBusy: 75, .diskFull: 75,
    .outOfResources: 75,
    .providerRefused: 78, .keyInvalid: 78, .policyInvalid: 78,
    .strategyFailed: 1, .nondeterministic: 1, .lookahead: 1, .workerLost: 1, .timedOut: 1, .killed: 1,
    .dependencyFailed: 1, .unexpected: 1,
  ]

  @Test(arguments: AppError.Reason.allCases)
  func `each kind of trouble has its exit code`(reason: AppError.Reason) throws {
    let failure = CommandFailure(AppError("code", "words", reason))
    #expect(failure.status.rawValue == (try #require(Self.reasons[reason])))
    #expect(failure.code == "code")
    #expect(failure.message == "words")
  }

  @Test(arguments: RunErrorCode.allCases)
  func `each error of a run has its exit code`(code: RunErrorCode) throws {
    let failure = try #require(CommandFailure(RunError(code, "words") as any Error))
    #expect(failure.status.rawValue == (try #require(Self.runs[code])))
    #expect(failure.code == code.rawValue)
  }

  @Test(
    arguments: [
      (JobStoreError.Code.noSuchRun, 3), (.requestConflict, 65), (.notRetryable, 65), (.notCancellable, 65),
      (.unreadable, 65), (.leaseLost, 75), (.replaced, 75), (.schemaNewer, 78), (.schemaForeign, 78),
    ] as [(JobStoreError.Code, Int32)])
  func `each error of the queue has its exit code`(code: JobStoreError.Code, status: Int32) {
    #expect(ExitStatus(code.reason).rawValue == status)
  }

  @Test(
    arguments: [
      (SQLiteFailure.Kind.busy, 75, "store_busy"), (.diskFull, 75, "disk_full"), (.cannotOpen, 73, "cannot_write"),
      (.readOnly, 73, "cannot_write"), (.corrupt, 65, "queue_unreadable"), (.constraint, 65, "queue_unreadable"),
      (.other, 65, "queue_unreadable"),
    ] as [(SQLiteFailure.Kind, Int32, String)])
  func `each fault of the store has its exit code`(kind: SQLiteFailure.Kind, status: Int32, code: String) {
    #expect(ExitStatus(kind.reason).rawValue == status)
    #expect(kind.code == code)
  }

  @Test func `a command's own failure stays as it is, and an error that nobody knows is none`() {
    struct Stranger: Error {}
    let failure = CommandFailure(CommandFailure("check_failed", "words", .failed) as any Error)
    #expect(failure?.status == .failed)
    #expect(CommandFailure(Stranger()) == nil)
  }
}
