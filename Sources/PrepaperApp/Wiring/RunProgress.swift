import PrepaperDomain
import PrepaperWorker
import Synchronization

/// Tells a worker how far a run has come.
final class RunProgress: Sendable {
  private struct State {
    var stage = ""
    var bars: Int?
    var latest = 0
  }

  private let reporter: ChildReporter
  private let state = Mutex(State())

  init(reporter: ChildReporter) {
    self.reporter = reporter
  }

  func observe(_ event: RunEvent) {
    let message = state.withLock { state -> ChildMessage? in
      switch event {
      case .stage(let stage): state.stage = stage.rawValue
      case .barsLoaded(let count, _, _, _):
        state.bars = (state.bars ?? 0) + count
        state.latest = count
      default: return nil
      }
      // The strategy goes through a symbol's bars at once: those of the latest symbol are done from the plan on.
      let isDone = [RunStage.plan, .proof, .report, .signals].map(\.rawValue).contains(state.stage)
      return .progress(
        stage: state.stage, barsDone: state.bars.map { isDone ? $0 : $0 - state.latest }, barsTotal: state.bars)
    }
    if let message { reporter.send(message) }
  }
}
