internal import PrepaperArtifacts
internal import PrepaperDomain

/// Measures a run's stages one after the other, and stops a cancelled run between two of them.
struct StageTimes {
  private let clock: any RunClock
  private let observe: @Sendable (RunEvent) -> Void
  /// When the run began.
  let startedAt: UTCTimestamp
  private var stages: [RunMeta.Stage] = []
  private var told: RunStage?
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
    if told != stage { observe(.stage(stage)) }
    told = stage
    current = (stage, clock.elapsed, nil)
  }

  /// Notes how many bars went through the current stage.
  mutating func count(bars: Int) {
    let before = current?.bars ?? 0
    current?.bars = before + bars
  }

  /// Ends the last stage and gives all of them, in the order of `RunStage`.
  mutating func finish() -> [RunMeta.Stage] {
    end()
    return RunStage.allCases.compactMap { stage in stages.first { $0.stage == stage } }
  }

  private mutating func end() {
    guard let ended = current else { return }
    let duration = clock.elapsed - ended.began
    current = nil
    // A stage that every symbol goes through stands once.
    if let index = stages.firstIndex(where: { $0.stage == ended.stage }) {
      let before = stages[index]
      let bars = ended.bars.map { $0 + (before.bars ?? 0) } ?? before.bars
      stages[index] = RunMeta.Stage(stage: ended.stage, duration: before.duration + duration, bars: bars)
    } else {
      stages.append(RunMeta.Stage(stage: ended.stage, duration: duration, bars: ended.bars))
    }
  }
}
