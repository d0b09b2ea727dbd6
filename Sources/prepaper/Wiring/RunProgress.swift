import PrepaperDomain
import PrepaperWorker
import Synchronization

/// Tells a worker how far a run has come.
final class RunProgress: Sendable {
  private struct State {
    var stage = ""
    var bars: Int?
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
      case .barsLoaded(let count, _, _, _): state.bars = count
      default: return nil
      }
      // The strategy goes through all bars at once: before the plan none is done, from then on all are.
      let isDone = [RunStage.plan, .files, .signals].map(\.rawValue).contains(state.stage)
      return .progress(stage: state.stage, barsDone: state.bars.map { isDone ? $0 : 0 }, barsTotal: state.bars)
    }
    if let message { reporter.send(message) }
  }
}
