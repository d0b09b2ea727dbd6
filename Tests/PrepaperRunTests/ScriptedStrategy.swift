import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Synchronization

/// A strategy whose faults are chosen: one BUY at the close of each seventh bar that rose.
struct ScriptedStrategy: StrategyRunner, StrategyLookup {
  /// What is wrong with it.
  enum Fault: Hashable, Sendable {
    case none
    /// The entry is the close of a bar so many bars later, where there is one.
    case looksAhead(Int)
    /// It decides by the last bar of all.
    case knowsTheEnd
    /// It takes what will have risen.
    case picksWinners
    /// It leaves out what will fall: without the later bars it takes the same.
    case avoidsLosers
    /// It fails where there is no bar after the decision.
    case needsNextBar
    /// The entry is the mean of all closes from the first bar on: no fault, but a long memory.
    case remembersAll
    /// Another run gives other entries.
    case counts
    /// Another run fails, or only those after it.
    case failsLater
    case failsLaterStill
  }

  let fault: Fault
  var isProgram = false
  private let runs = Runs()

  private final class Runs: Sendable {
    let count = Mutex(0)
  }

  init(_ fault: Fault) { self.fault = fault }

  var key: String { "scripted" }
  var fingerprint: StrategyFingerprint { isProgram ? .program(sha256: "scripted") : .rules("scripted") }
  var parameters: [String: JSONValue] { [:] }
  var ignoredParameters: [String] { [] }
  var features: [Feature] { [] }

  func warmUpBars(beforeWindowAt start: UTCTimestamp?) -> Int { 8 }

  func runner(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
  ) throws(RunError) -> any StrategyRunner { self }

  func run(_ next: () async throws -> StrategyInput?) async throws -> StrategyResult {
    let number = runs.count.withLock { count in
      count += 1
      return count
    }
    if fault == .failsLaterStill, number > 2 { throw RunError(.strategyFailed, "it took too long") }
    if fault == .failsLater, number > 1 { throw RunError(.strategyFailed, "it is the second time") }
    var result = StrategyResult()
    while let input = try await next() {
      let series = input.history.series
      for index in series.indices(in: input.history.window) where isTaken(series, index) {
        result.signals.append(
          Signal(
            time: series.time[index] + series.timeframe.duration, symbol: series.symbol, side: .buy,
            entryPrice: try entry(series, index, number)))
      }
    }
    return result
  }

  private func isTaken(_ series: BarSeries, _ index: Int) -> Bool {
    let minute = series.time[index].seconds / 60 / Int64(series.timeframe.minutes)
    guard minute % 7 == 0, series.close[index] > series.open[index] else { return false }
    if fault == .avoidsLosers {
      return index + 1 >= series.count || series.close[index + 1] > series.close[index] * 0.99
    }
    guard fault == .picksWinners else { return true }
    return index + 3 < series.count && series.close[index + 3] > series.close[index]
  }

  private func entry(_ series: BarSeries, _ index: Int, _ run: Int) throws -> Double {
    switch fault {
    case .looksAhead(let bars):
      return index + bars < series.count ? series.close[index + bars] : series.close[index]
    case .knowsTheEnd: return series.close[series.count - 1]
    case .remembersAll: return series.close[...index].reduce(0, +) / Double(index + 1)
    case .counts: return series.close[index] + Double(run)
    case .needsNextBar:
      guard index + 1 < series.count else { throw RunError(.strategyFailed, "list index out of range") }
      return series.close[index]
    case .none, .picksWinners, .avoidsLosers, .failsLater, .failsLaterStill: return series.close[index]
    }
  }
}
