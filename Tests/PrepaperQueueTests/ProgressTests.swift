import PrepaperDomain
import PrepaperQueue
import Testing

@Suite struct ProgressTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a renewal records how far the attempt has come`() throws {
    let claim = try queue.submitClaimed()
    #expect(try queue.attempts().map(\.progress) == [AttemptProgress()])

    let first = AttemptProgress(processID: 4711, stage: "bars", barsDone: 5, barsTotal: 1 << 40)
    try queue.one.renew(claim, lease: .seconds(30), progress: first, now: instant(1))
    #expect(try queue.attempts().map(\.progress) == [first])

    let second = AttemptProgress(processID: 4711, stage: "plan")
    try queue.one.renew(claim, lease: .seconds(30), progress: second, now: instant(2))
    #expect(try queue.attempts().map(\.progress) == [second])
  }

  @Test func `a renewal without progress leaves what is recorded`() throws {
    let claim = try queue.submitClaimed()
    let progress = AttemptProgress(processID: 4711, stage: "bars", barsDone: 5, barsTotal: 9)
    try queue.one.renew(claim, lease: .seconds(30), progress: progress, now: instant(1))

    try queue.one.renew(claim, lease: .seconds(30), now: instant(2))
    try queue.one.finish(claim, permanent, now: instant(3))

    #expect(try queue.attempts().map(\.progress) == [progress])
  }

  @Test func `progress is of the current attempt alone`() throws {
    let first = try queue.submitClaimed()
    try queue.one.renew(
      first, lease: .seconds(30), progress: AttemptProgress(processID: 1, stage: "a"), now: instant(1))
    try queue.one.finish(first, .released, now: instant(2))
    let second = try #require(try queue.claim("w1", at: 3))
    try queue.submit("other")
    _ = try queue.claim("w2", at: 3)

    try queue.one.renew(
      second, lease: .seconds(30), progress: AttemptProgress(processID: 2, stage: "b"), now: instant(4))

    #expect(try queue.attempts().map(\.progress.stage) == ["a", "b"])
    #expect(try queue.attempts().map(\.progress.processID) == [1, 2])
    #expect(try queue.attempts("other").map(\.progress) == [AttemptProgress()])
  }

  @Test(arguments: [
    ProcessEnd(processID: 7, exitStatus: 0, signal: nil, peakMemory: 1 << 40, cpuTime: .milliseconds(1)),
    ProcessEnd(processID: 7, exitStatus: 75, signal: nil, peakMemory: 0, cpuTime: .zero),
    ProcessEnd(processID: 7, exitStatus: nil, signal: 9, peakMemory: 123, cpuTime: .milliseconds(86_400_001)),
  ])
  func `how the process ended is kept with its attempt`(end: ProcessEnd) throws {
    for outcome in [published(), permanent, transient(), .cancelled, .released] {
      let queue = try QueueFile()
      let claim = try queue.submitClaimed()
      #expect(try queue.attempts().map(\.end) == [nil])

      try queue.one.finish(claim, outcome, end: end, now: instant(1))

      #expect(try queue.attempts().map(\.end) == [end], "\(outcome)")
      #expect(try queue.attempts().map(\.progress.processID) == [7])
    }
  }

  @Test func `an attempt without a process has no end of one`() throws {
    let claim = try queue.submitClaimed()

    try queue.one.finish(claim, permanent, now: instant(1))

    #expect(try queue.attempts().map(\.end) == [nil])
    #expect(try queue.attempts().map(\.progress.processID) == [nil])
  }

  @Test func `processor time is kept to the millisecond below`() throws {
    let claim = try queue.submitClaimed()
    let end = ProcessEnd(processID: 7, exitStatus: 0, signal: nil, peakMemory: 0, cpuTime: .microseconds(1_234_999))

    try queue.one.finish(claim, permanent, end: end, now: instant(1))

    #expect(try queue.attempts().map { $0.end?.cpuTime } == [.milliseconds(1234)])
  }
}
