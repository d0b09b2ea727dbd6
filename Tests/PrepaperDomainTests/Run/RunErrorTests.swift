import PrepaperDomain
import Testing

@Suite struct RunErrorTests {
  @Test func `only what may pass by itself is tried again`() {
    let transient = RunErrorCode.allCases.filter(\.isTransient).map(\.rawValue)

    #expect(
      transient
        == [
          "provider_unavailable", "provider_rate_limited", "history_loading", "store_busy", "disk_full", "read_only",
          "out_of_resources", "worker_lost", "timed_out", "killed",
        ])
  }

  @Test func `an error is told by its message`() {
    #expect(RunError(.paramsInvalid, "parameter 'x' is unknown").description == "parameter 'x' is unknown")
  }

  @Test func `a program that cannot be started for want of resources may be a little later, any other may not`() {
    let (short, missing) = (
      RunError(cannotStart: "/p", reason: "Too many open files", isOutOfResources: true),
      RunError(cannotStart: "/p", reason: "No such file or directory", isOutOfResources: false)
    )

    #expect(short.code == .outOfResources && short.code.isTransient)
    #expect(
      short.message
        == "cannot start /p: Too many open files; the machine or a limit of this process is at its end")
    #expect(missing == RunError(.unexpected, "cannot start /p: No such file or directory"))
    #expect(!missing.code.isTransient)
  }
}
