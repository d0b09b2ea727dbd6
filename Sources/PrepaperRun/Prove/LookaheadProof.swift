internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

/// Tries each decision of a run on bars that end with it, and on bars that are made up from there on.
///
/// A decision is tried on its own session and the warm-up before that first: a few hundred bars, however long the run
/// is. A strategy that remembers more decides otherwise there; such decisions are tried on all bars up to them, of all
/// symbols, and only those can be found guilty. Of these long tests no more are made than is practical, evenly spread.
struct LookaheadProof {
  /// How many programs run at once, and how many decisions of a program are tried at most.
  private static let programs = 4
  private static let mostOfProgram = 2_000

  let scope: RunScope
  let window: TimeSpan
  let service: any MarketDataService
  let kept: SufficientHistory?

  /// What a strategy comes to in a test.
  enum Answer: Sendable {
    case found([Signal])
    case failed(String)
  }

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

  /// So many of the decisions, evenly spread, the first and the last among them.
  static func spread(_ decisions: [Decision], most: Int) -> [Decision] {
    guard decisions.count > most else { return decisions }
    return (0..<most).map { decisions[$0 * (decisions.count - 1) / (most - 1)] }
  }

  /// What the strategy finds in these histories; that it fails is an answer too.
  func run(_ histories: [SufficientHistory]) async throws -> Answer {
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

  /// The history of a symbol; nil where it does not suffice.
  func history(of symbol: Symbol) async throws -> SufficientHistory? {
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

  /// Whether the strategy is a program, which takes long to start.
  var isProgram: Bool {
    if case .program = scope.runner.fingerprint { true } else { false }
  }

  /// The answers about some decisions, in their order; several programs run at once.
  func answers<Value: Sendable>(
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
