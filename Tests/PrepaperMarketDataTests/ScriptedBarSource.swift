import PrepaperDomain
import PrepaperMarketData
import PrepaperSourceTesting
import Synchronization

/// A source that fetches: it notes what it is asked for, and a test says what it has.
final class ScriptedBarSource: BarSource {
  /// What it answers.
  struct State {
    var bars: BarSeries
    var settledUntil: UTCTimestamp?
    /// After how many bars of an answer it says that more is to come.
    var loadingAfter: Int?
    var asked: [TimeSpan] = []
  }

  private let state: Mutex<State>

  init(_ bars: BarSeries, settledUntil: UTCTimestamp? = nil) {
    state = Mutex(State(bars: bars, settledUntil: settledUntil))
  }

  var kind: String { "scripted" }
  var adjustment: String { "split" }
  var isSynthetic: Bool { false }

  /// Changes what it has or says.
  func change(_ body: (inout State) -> Void) {
    state.withLock { body(&$0) }
  }

  /// What it was asked for since this was last read.
  func takeAsked() -> [TimeSpan] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  func open(_ request: FeedRequest) throws -> any BarFeed {
    let settled = state.withLock { $0.settledUntil }
    return Feed(source: self, settledUntil: settled, symbol: request.symbol)
  }

  fileprivate func answer(_ span: TimeSpan) -> FeedBars {
    state.withLock { state in
      state.asked.append(span)
      let series = state.bars.slice(state.bars.indices(in: span))
      guard let most = state.loadingAfter, series.count > most else { return FeedBars(series) }
      return FeedBars(series.slice(0..<most), loading: "the rest comes later")
    }
  }

  private struct Feed: BarFeed {
    let source: ScriptedBarSource
    let settledUntil: UTCTimestamp?
    let symbol: Symbol

    var timeframe: Timeframe { source.state.withLock { $0.bars.timeframe } }
    var coverage: BarCoverage { settledUntil.map { .until($0) } ?? .anyTime }

    func bars(in span: TimeSpan) -> FeedBars { source.answer(span) }
  }
}
