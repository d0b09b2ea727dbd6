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
}
