import Logging
import PrepaperDomain
import PrepaperWorker
import Testing

@testable import PrepaperApp

@Suite struct WorkerFlagsTests {
  @Test func `without flags and settings a worker has the documented defaults`() async throws {
    let tuning = try WorkerFlags().tuning(try await Settings(environment: ["HOME": "/nowhere"]))
    #expect(tuning.concurrency == 1)
    #expect(tuning.timeout == .seconds(3600))
    #expect(tuning.stopTimeout == nil)
    #expect(tuning.grace == .seconds(5))
    #expect(tuning.retryDelay == .seconds(5))
    #expect(tuning.lease == .seconds(30))
    #expect(tuning.allowedRoots == nil)
    #expect(tuning.logLevel == .info)
  }

  @Test func `flags go before settings, one by one`() async throws {
    // Given
    let settings = try await Settings(environment: [
      "HOME": "/nowhere", "PREPAPER_CONCURRENCY": "4", "PREPAPER_LEASE": "60", "PREPAPER_MAX_MEMORY": "512",
    ])
    var flags = WorkerFlags()
    flags.concurrency = 2
    flags.nice = 10
    // When
    let tuning = try flags.tuning(settings)
    // Then
    #expect(tuning.concurrency == 2)
    #expect(tuning.lease == .seconds(60))
    #expect(tuning.child.maxMemory == 512)
    #expect(tuning.child.nice == 10)
  }

  private enum Flag: CaseIterable {
    case concurrency, timeout, stopTimeout, grace, retryDelay, lease, maxMemory, nice
  }

  @Test(arguments: Flag.allCases) private func `each number has its bounds`(flag: Flag) {
    var flags = WorkerFlags()
    let bounds: String
    switch flag {
    case .concurrency: (flags.concurrency, bounds) = (257, "--concurrency must be 1 to 256.")
    case .timeout: (flags.timeout, bounds) = (0, "--timeout must be 0.1 to 604800 seconds.")
    case .stopTimeout: (flags.stopTimeout, bounds) = (-1, "--stop-timeout must be 0 to 86400 seconds.")
    case .grace: (flags.grace, bounds) = (601, "--grace must be 0 to 600 seconds.")
    case .retryDelay: (flags.retryDelay, bounds) = (3601, "--retry-delay must be 0 to 3600 seconds.")
    case .lease: (flags.lease, bounds) = (0.5, "--lease must be 1 to 3600 seconds.")
    case .maxMemory: (flags.maxMemory, bounds) = (31, "--max-memory must be 32 to 1048576 MiB.")
    case .nice: (flags.nice, bounds) = (20, "--nice must be 0 to 19.")
    }
    #expect(throws: FieldFault(bounds)) { try flags.check() }
  }
}
