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
    /// It leaves out what falls so many bars later: without the later bars it takes all.
    case avoidsLosers(Int)
    /// It tells in what it does not take whether the next bar rises.
    case tellsInRejects
    /// The entry is the close of the next bar of the other symbol, where there is one.
    case knowsTheOther
    /// It looks ahead only where there are more bars than that.
    case looksAheadBeyond(Int)
    /// It checks each bar: prices in cents, whole volumes, no leap beyond a tenth within a session.
    case isStrict
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
  /// Every so many bars there may be a signal.
  var every: Int64 = 7
  private let runs = Runs()

  private final class Runs: Sendable {
    let count = Mutex(0)
  }

  init(_ fault: Fault) { self.fault = fault }

  var key: String { "scripted" }
  var version: String { "1" }
  var fingerprint: StrategyFingerprint { isProgram ? .program(sha256: "scripted") : .rules("scripted") }
  var parameters: [String: JSONValue] { [:] }
  var ignoredParameters: [String] { [] }
  var features: [Feature] { [] }

  func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp { WarmUp(bars: 8) }

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
    var others: BarSeries?
    while let input = try await next() {
      let series = input.history.series
      if fault == .isStrict { try check(series) }
      var sum = 0.0
      let means = series.close.enumerated().map { index, close in
        sum += close
        return sum / Double(index + 1)
      }
      for index in series.indices(in: input.history.window) {
        guard isTaken(series, index) else {
          if fault == .tellsInRejects {
            let rises = index + 1 < series.count && series.close[index + 1] > series.close[index]
            result.rejects.append(
              Reject(
                time: series.time[index], symbol: series.symbol, reason: "untaken",
                numbers: ["rises": .integer(rises ? 1 : 0)]))
          }
          continue
        }
        var entry = try entry(series, index, number, means)
        if fault == .knowsTheOther, let others, index + 1 < min(others.count, series.count) {
          entry = others.close[index + 1]
        }
        result.signals.append(
          Signal(
            time: input.history.closes.close(ofBarOpening: series.time[index]), symbol: series.symbol, side: .buy,
            entryPrice: entry))
      }
      others = series
    }
    return result
  }

  private func isTaken(_ series: BarSeries, _ index: Int) -> Bool {
    let minute = series.time[index].seconds / 60 / Int64(series.timeframe.minutes)
    guard minute % every == 0, series.close[index] > series.open[index] else { return false }
    if case .avoidsLosers(let bars) = fault {
      return index + bars >= series.count || series.close[index + bars] > series.close[index]
    }
    guard fault == .picksWinners else { return true }
    return index + 3 < series.count && series.close[index + 3] > series.close[index]
  }

  private func entry(_ series: BarSeries, _ index: Int, _ run: Int, _ means: [Double]) throws -> Double {
    switch fault {
    case .looksAhead(let bars):
      return index + bars < series.count ? series.close[index + bars] : series.close[index]
    case .knowsTheEnd: return series.close[series.count - 1]
    case .looksAheadBeyond(let bars):
      return series.count > bars && index + 1 < series.count ? series.close[index + 1] : series.close[index]
    case .remembersAll: return means[index]
    case .counts: return series.close[index] + Double(run)
    case .needsNextBar:
      guard index + 1 < series.count else { throw RunError(.strategyFailed, "list index out of range") }
      return series.close[index]
    case .none, .picksWinners, .avoidsLosers, .failsLater, .failsLaterStill, .tellsInRejects, .knowsTheOther, .isStrict:
      return series.close[index]
    }
  }

  private func check(_ series: BarSeries) throws {
    for index in 0..<series.count {
      let prices = [series.open[index], series.high[index], series.low[index], series.close[index]]
      guard prices.allSatisfy({ ($0 * 100).rounded() / 100 == $0 }),
        series.volume[index].rounded() == series.volume[index]
      else { throw RunError(.strategyFailed, "bar \(series.time[index]) is off the grid") }
      guard index == 0 || abs(series.open[index] / series.close[index - 1] - 1) < 0.1 else {
        throw RunError(.strategyFailed, "bar \(series.time[index]) leaps")
      }
    }
  }
}
