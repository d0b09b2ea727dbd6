import PrepaperDomain
import PrepaperQueue
import Testing

@testable import PrepaperApp

@Suite struct AppErrorTests {
  private struct Stranger: Error {}

  @Test func `an error of a run keeps its code and its words`() {
    let error = AppError(RunError(.providerUnavailable, "the vendor does not answer") as any Error)
    #expect(error?.code == "provider_unavailable")
    #expect(error?.message == "the vendor does not answer")
    #expect(error?.reason == .tryAgain)
  }

  @Test func `an error of the queue keeps its code and its words`() {
    let error = AppError(JobStoreError.replaced("/queue.db"))
    #expect(error?.code == "queue_replaced")
    #expect(error?.message == JobStoreError.replaced("/queue.db").message)
    #expect(error?.reason == .tryAgain)
  }

  @Test func `its own error stays as it is, and one that nobody knows is none`() {
    let error = AppError(AppError("usage", "no", .usage) as any Error)
    #expect(error?.code == "usage")
    #expect(AppError(Stranger()) == nil)
  }
}
