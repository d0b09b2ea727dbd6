internal import PrepaperArtifacts
internal import PrepaperDomain

/// Measures a run's stages one after the other, and stops a cancelled run between two of them.
struct StageTimes {
  private let clock: any RunClock
  private let observe: @Sendable (RunEvent) -> Void
  /// When the run began.
  let startedAt: UTCTimestamp
  private var stages: [RunMeta.Stage] = []
  private var current: (stage: RunStage, began: Duration, bars: Int?)?

  init(clock: any RunClock, observe: @escaping @Sendable (RunEvent) -> Void) {
    self.clock = clock
    self.observe = observe
    startedAt = clock.now
  }

  /// Ends the stage before and begins the next.
  ///
  /// - Throws: `CancellationError` where the task is cancelled.
  mutating func begin(_ stage: RunStage) throws {
    end()
    try Task.checkCancellation()
    observe(.stage(stage))
    current = (stage, clock.elapsed, nil)
  }

  /// Notes how many bars went through the current stage.
  mutating func count(bars: Int) {
    current?.bars = bars
  }

  /// Ends the last stage and gives all of them.
  mutating func finish() -> [RunMeta.Stage] {
    end()
    return stages
  }

  private mutating func end() {
    guard let ended = current else { return }
    stages.append(RunMeta.Stage(stage: ended.stage, duration: clock.elapsed - ended.began, bars: ended.bars))
    current = nil
  }
}
