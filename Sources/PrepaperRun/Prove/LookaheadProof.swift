internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

/// Tries each decision of a run on bars that end with it, and on bars that are made up from there on.
///
/// A decision is tried on its own session and the warm-up before that first: a few hundred bars, however long the run
/// is. A strategy that remembers more decides otherwise there; such decisions are tried on all bars up to them, of all
/// symbols, and only those can be found guilty. Of these long tests no more are made than is practical, evenly spread.
struct LookaheadProof {
  /// How many bars are made up after a decision in a short test; in a long one all that there are.
  private static let shortNoise = 64
  /// After so many short tests that fail, and none that holds, no more are made.
  private static let hopeless = 8
  /// How many bars long tests may go through in all, and how many of them there may be at least and, of a strategy
  /// that is a program, at most.
  private static let longBars = 32_000_000
  private static let fewestLongTests = 16
  /// How many programs run at once, and how many decisions of a program are tried at most.
  private static let programs = 4
  private static let mostOfProgram = 2_000

  private let scope: RunScope
  private let window: TimeSpan
  private let service: any MarketDataService
  private let kept: SufficientHistory?

  /// - Parameter kept: the history of one symbol, which need not be read again.
  init(_ scope: RunScope, _ window: TimeSpan, _ service: any MarketDataService, kept: SufficientHistory?) {
    self.scope = scope
    self.window = window
    self.service = service
    self.kept = kept
  }

  /// Tries the decisions behind these signals.
  ///
  /// - Throws: `RunError` where a test cannot be made; that a strategy fails in one is no error but its answer.
  func verdict(of signals: [Signal]) async throws -> LookaheadVerdict {
    let all = Decision.all(signals)
    guard !all.isEmpty else {
      return LookaheadVerdict(status: .noSignals, signals: 0, tried: 0, longTests: 0)
    }
    let decisions = isProgram ? Self.spread(all, most: Self.mostOfProgram) : all
    var open: [Decision] = []
    var symbol = decisions.startIndex
    while symbol < decisions.endIndex {
      let end = decisions[symbol...].firstIndex { $0.symbol != decisions[symbol].symbol } ?? decisions.endIndex
      open += try await failingShort(Array(decisions[symbol..<end]))
      symbol = end
    }
    var chosen: [Decision] = []
    var violation: String?
    if !open.isEmpty {
      let histories = try await histories()
      chosen = self.chosen(of: open, histories)
      violation = try await firstViolation(chosen, histories)
    }
    let tried = count(decisions) - count(open) + count(chosen)
    return LookaheadVerdict(
      status: tried == signals.count ? .holds : .sampled, signals: signals.count, tried: tried,
      longTests: chosen.count, violation: violation)
  }

  private func count(_ decisions: [Decision]) -> Int { decisions.reduce(0) { $0 + $1.signals.count } }

  /// The decisions about one symbol that are others on their own session alone.
  private func failingShort(_ decisions: [Decision]) async throws -> [Decision] {
    guard let symbol = decisions.first?.symbol, let history = try await history(of: symbol) else { return decisions }
    var failing: [Decision] = []
    for start in stride(from: 0, to: decisions.count, by: Self.hopeless) {
      let some = Array(decisions[start..<min(start + Self.hopeless, decisions.count)])
      let holds = try await answers(some) { try await holdsShort($0, history) }
      failing += zip(some, holds).filter { !$0.1 }.map(\.0)
      if start == 0, failing.count == Self.hopeless { return decisions }
    }
    return failing
  }

  private func holdsShort(_ decision: Decision, _ history: SufficientHistory) async throws -> Bool {
    let series = history.series
    let cut = history.count(closedBy: decision.time)
    guard cut > 0 else { return false }
    let session = history.day(of: series.time[cut - 1])
    let evaluated = TimeSpan(from: max(session.from, history.window.from), to: history.window.to)
    let first = series.firstIndex(atOrAfter: evaluated.from)
    let start = max(0, first - series.firstIndex(atOrAfter: history.window.from))
    for later in [nil, series.noise(from: cut, count: Self.shortNoise)] {
      let part = history.known(before: cut, from: start, window: evaluated, later: later)
      guard case .found(let found) = try await run([part]), decision.missing(in: found) == nil else { return false }
    }
    return true
  }

  /// As many of the decisions as are practical.
  private func chosen(of decisions: [Decision], _ histories: [SufficientHistory]) -> [Decision] {
    let bars = histories.reduce(1) { $0 + $1.series.count }
    let most = isProgram ? Self.fewestLongTests : max(Self.fewestLongTests, Self.longBars / bars)
    return Self.spread(decisions, most: most)
  }

  /// So many of the decisions, evenly spread, the first and the last among them.
  private static func spread(_ decisions: [Decision], most: Int) -> [Decision] {
    guard decisions.count > most else { return decisions }
    return (0..<most).map { decisions[$0 * (decisions.count - 1) / (most - 1)] }
  }

  /// The first decision that is another one without the bars after it, or with other ones, in words.
  private func firstViolation(_ decisions: [Decision], _ histories: [SufficientHistory]) async throws -> String? {
    // One after the other: a program must have as much of the machine as in the run, lest it reaches a limit here.
    for decision in decisions {
      if let fault = try await fault(of: decision, histories) { return try await words(decision, fault, histories) }
    }
    return nil
  }

  /// What a decision comes to without the bars after it, where that is not the same.
  private struct Fault {
    let isNoise: Bool
    let signal: Signal
    let answer: Answer
  }

  private enum Answer: Sendable {
    case found([Signal])
    case failed(String)
  }

  private func fault(of decision: Decision, _ histories: [SufficientHistory]) async throws -> Fault? {
    for isNoise in [false, true] {
      let answer = try await run(histories.map { known($0, at: decision.time, isNoise: isNoise) })
      switch answer {
      case .found(let found):
        if let signal = decision.missing(in: found) { return Fault(isNoise: isNoise, signal: signal, answer: answer) }
      case .failed:
        // Where it fails with all bars too, they are not the reason.
        if case .failed(let message) = try await run(histories) { throw RunError(.strategyFailed, message) }
        return Fault(isNoise: isNoise, signal: decision.signals[0], answer: answer)
      }
    }
    return nil
  }

  private func known(_ history: SufficientHistory, at time: UTCTimestamp, isNoise: Bool) -> SufficientHistory {
    let cut = history.count(closedBy: time)
    return history.known(before: cut, later: isNoise ? history.series.noise(from: cut) : nil)
  }

  /// The signal, what it is without the bars after it, and the first of those that it needs.
  private func words(_ decision: Decision, _ fault: Fault, _ histories: [SufficientHistory]) async throws -> String {
    let signal = fault.signal
    let change = fault.isNoise ? "where the bars after it are other ones" : "without the bars after it"
    let other =
      switch fault.answer {
      case .failed(let message): "the strategy fails \(change) (\(message))"
      case .found(let found):
        if let other = found.first(where: {
          $0.time == signal.time && $0.symbol == signal.symbol && $0.side == signal.side
        }) {
          "it is another one \(change): \(difference(signal, other))"
        } else {
          "it is not there \(change)"
        }
      }
    let needed = try await neededBar(decision, fault, histories)
    return "signal \(signal.side.rawValue) \(signal.symbol), decided at \(signal.time), saw the future: \(other)"
      + (needed.map { "; it needs the bar that opens at \($0)" } ?? "")
      + ". Nothing is published; make the strategy decide on bars that have closed"
  }

  private func difference(_ signal: Signal, _ other: Signal) -> String {
    for (name, here, there) in [
      ("entry", signal.entryPrice, other.entryPrice), ("stop", signal.stopPrice, other.stopPrice),
      ("target", signal.takeProfitPrice, other.takeProfitPrice),
    ] where here != there {
      return "\(name) \(here.map { "\($0)" } ?? "none") becomes \(there.map { "\($0)" } ?? "none")"
    }
    return "its prices are the same, its other members are not"
  }

  /// The open of the last bar without which the decision is another one, found by halving; nil where there is none.
  private func neededBar(
    _ decision: Decision, _ fault: Fault, _ histories: [SufficientHistory]
  ) async throws -> UTCTimestamp? {
    guard let history = histories.first(where: { $0.series.symbol == decision.symbol }) else { return nil }
    let series = history.series
    let cut = history.count(closedBy: decision.time)
    func holds(_ end: Int) async throws -> Bool {
      let time = history.close(at: end - 1)
      let answer = try await run(histories.map { known($0, at: time, isNoise: fault.isNoise) })
      if case .found(let found) = answer { return decision.missing(in: found) == nil }
      return false
    }
    guard cut > 0, cut < series.count, try await holds(series.count) else { return nil }
    var (low, high) = (cut, series.count)
    // Most look at the next bars.
    var step = 1
    while low + step < high {
      if try await holds(low + step) {
        high = low + step
      } else {
        low += step
        step *= 2
      }
    }
    while low + 1 < high {
      let middle = (low + high) / 2
      if try await holds(middle) { high = middle } else { low = middle }
    }
    return series.time[high - 1]
  }

  /// What the strategy finds in these histories; that it fails is an answer too.
  private func run(_ histories: [SufficientHistory]) async throws -> Answer {
    var next = 0
    do {
      let result = try await scope.runner.run {
        while next < histories.count, histories[next].series.isEmpty { next += 1 }
        guard next < histories.count else { return nil }
        defer { next += 1 }
        let columns = try await service.features(
          FeaturesRequest(series: histories[next].series, features: scope.runner.features))
        return StrategyInput(history: histories[next], features: columns)
      }
      return .found(result.signals)
    } catch let error as RunError where error.code == .strategyFailed {
      return .failed(error.message)
    }
  }

  private func history(of symbol: Symbol) async throws -> SufficientHistory? {
    if let kept, kept.series.symbol == symbol { return kept }
    let response = try await service.bars(scope.barsRequest(symbol, in: window))
    let verdict = HistoryGate(tolerance: scope.tolerance)
      .judge(response, timeframe: scope.backtest.timeframe, sessionMode: scope.request.sessionMode)
    guard case .sufficient(let history, _) = verdict else { return nil }
    return history
  }

  /// The histories of all symbols that have one: long tests alone need them at once.
  private func histories() async throws -> [SufficientHistory] {
    var histories: [SufficientHistory] = []
    for symbol in scope.symbols {
      do {
        if let history = try await history(of: symbol) { histories.append(history) }
      } catch let error as RunError where error.code == .symbolUnknown {
        continue
      }
    }
    return histories
  }

  private var isProgram: Bool {
    if case .program = scope.runner.fingerprint { true } else { false }
  }

  /// The answers about some decisions, in their order; several programs run at once.
  private func answers<Value: Sendable>(
    _ decisions: [Decision], _ ask: @escaping @Sendable (Decision) async throws -> Value
  ) async throws -> [Value] {
    guard isProgram else {
      var answers: [Value] = []
      for decision in decisions { answers.append(try await ask(decision)) }
      return answers
    }
    return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      var answers: [Int: Value] = [:]
      for (index, decision) in decisions.enumerated() {
        if index >= Self.programs, let (done, value) = try await group.next() { answers[done] = value }
        group.addTask { (index, try await ask(decision)) }
      }
      for try await (done, value) in group { answers[done] = value }
      return answers.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}

extension SufficientHistory {
  /// When the bar at an index closes.
  fileprivate func close(at index: Int) -> UTCTimestamp {
    series.timeframe.close(ofBarOpening: series.time[index], sessions: schedule.sessions)
  }

  /// How many bars have closed by an instant.
  fileprivate func count(closedBy time: UTCTimestamp) -> Int {
    var (low, high) = (0, series.count)
    while low < high {
      let middle = (low + high) / 2
      if close(at: middle) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The market's day that a bar lies in; of a daily bar its date.
  fileprivate func day(of time: UTCTimestamp) -> TimeSpan {
    let zone = schedule.timeZone
    let day = series.timeframe == .d1 ? time.utcDate : zone.date(at: time)
    guard series.timeframe != .d1 else { return TimeSpan(from: day.startUTC, to: day.advanced(byDays: 1).startUTC) }
    return TimeSpan(
      from: zone.instant(of: day, secondOfDay: 0), to: zone.instant(of: day.advanced(byDays: 1), secondOfDay: 0))
  }
}
