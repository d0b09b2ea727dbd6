internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

/// Tries a run's strategy at many instants on bars that end there, and on bars after which others follow: what it
/// decided by then must be the same, signals and rejects, and nothing may be there that the run has not.
///
/// What a trial is given is built anew from the base bars that were over at the instant. A short trial has the session
/// of the instant and the warm-up before it; a strategy that remembers more decides otherwise there, and is tried on
/// all bars up to the instant, of all symbols. Only on those can it be found guilty.
struct LookaheadProof {
  /// Up to how many bars, of all symbols, a run's trials are all made on all of them.
  static let fewBars = 5_000
  /// How many bars trials on all bars may go through in all, and how many of them there are at least.
  private static let longBars = (rules: 32_000_000, program: 8_000_000)
  private static let fewestLong = 16
  /// How many trials on all bars a program has at most, and how many are made where short ones hold.
  private static let mostLongOfProgram = 500
  private static let sampledLong = (rules: 4, program: 8)
  /// After so many short trials that fail, and none that holds, no more are made.
  private static let hopeless = 8
  /// So many short trials that fail are made on all bars at once: most of what sees the future shows there.
  private static let earlyLong = 4
  /// How many programs run at once, and at how many instants a program is tried at most.
  private static let programs = 4
  private static let mostOfProgram = (signals: 2_000, quiet: 500)
  /// How many bars are held at once; histories beyond that are read again whenever they are needed.
  private static let mostKept = 4_000_000

  let scope: RunScope
  let window: TimeSpan
  let service: any MarketDataService
  let decisions: RunDecisions
  private let lastHistory: SufficientHistory?
  /// The histories that are held.
  private var kept: [Symbol: KnownSymbol] = [:]
  /// The symbols whose history suffices, ascending.
  private(set) var symbols: [Symbol] = []
  /// When bars of the window are over, of any symbol, ascending.
  private var closes: [UTCTimestamp] = []
  private var bars = 0

  /// - Parameter kept: the history of one symbol, which need not be read again.
  init(
    _ scope: RunScope, _ window: TimeSpan, _ service: any MarketDataService, _ decisions: RunDecisions,
    kept: SufficientHistory?
  ) {
    self.scope = scope
    self.window = window
    self.service = service
    self.decisions = decisions
    lastHistory = kept
  }

  /// Tries the strategy.
  ///
  /// - Parameter orders: how many orders came of its signals.
  /// - Throws: `RunError` where a trial cannot be made; that a strategy fails in one is no error but its answer.
  func verdict(orders: Int) async throws -> LookaheadVerdict {
    var tally = isProgram ? try await withAllSymbols().triedAsProgram() : try await triedBySymbol()
    tally.orders = orders
    return tally.verdict
  }

  /// A program starts slowly, and may look at all of its symbols: they are tried together.
  private func triedAsProgram() async throws -> TrialTally {
    let times = decisions.signalTimes()
    let moments = TrialMoments(
      closes: closes, signals: times, mostSignals: Self.mostOfProgram.signals, mostQuiet: Self.mostOfProgram.quiet,
      seed: "\(scope.request.runID)")
    let all = (moments.withSignals + moments.quiet).sorted()
    let isFew = bars <= Self.fewBars
    let (failing, early) = isFew ? ([], nil) : try await failingShort(all, symbols)
    let failed = Set(failing)
    let most = min(Self.mostLongOfProgram, max(Self.fewestLong, Self.longBars.program / max(1, bars)))
    let chosen = TrialMoments.spread(failing, most: most)
    let long =
      isFew
      ? all : chosen + TrialMoments.spread(all.filter { !failed.contains($0) }, most: Self.sampledLong.program)

    var tally = TrialTally(signals: times.reduce(0) { $0 + decisions.signals(at: $1) })
    tally.long = long.count
    tally.leftOut = (times.count - moments.withSignals.count, failing.count - chosen.count)
    let untried = failed.subtracting(chosen)
    for time in moments.withSignals where !untried.contains(time) { tally.tried += decisions.signals(at: time) }
    tally.quiet = moments.quiet.count { !untried.contains($0) }
    if let early {
      tally.violation = try await words(early)
      return tally
    }
    for start in stride(from: 0, to: long.count, by: Self.programs) {
      let some = Array(long[start..<min(start + Self.programs, long.count)])
      let faults = try await answers(some) { [self] in
        try await fault(in: Trial(time: $0, symbols: symbols, isShort: false))
      }
      for fault in faults {
        guard let fault = try await believed(fault) else { continue }
        tally.violation = try await words(fault)
        return tally
      }
    }
    return tally
  }

  /// A strategy that comes along decides by one symbol alone, so it is tried with one after the other: memory does not
  /// grow with them.
  private func triedBySymbol() async throws -> TrialTally {
    var tally = TrialTally(signals: decisions.signalTimes().reduce(0) { $0 + decisions.signals(at: $1) })
    for symbol in scope.symbols {
      guard let known = try await known(of: symbol) else { continue }
      let times = decisions.signalTimes(of: symbol)
      let moments = TrialMoments(
        closes: known.closes, signals: times, mostSignals: .max, mostQuiet: 32 + times.count / 4,
        seed: "\(scope.request.runID) \(symbol)")
      let all = (moments.withSignals + moments.quiet).sorted()
      let (failing, early) = try await failingShort(all, [symbol], own: known)
      let failed = Set(failing)
      let chosen = TrialMoments.spread(
        failing, most: max(Self.fewestLong, Self.longBars.rules / max(1, known.history.series.count)))
      let sample = TrialMoments.spread(
        all.filter { !failed.contains($0) }, most: max(1, Self.sampledLong.rules / scope.symbols.count))
      let untried = failed.subtracting(chosen)
      tally.long += chosen.count + sample.count
      tally.leftOut.long += failing.count - chosen.count
      for time in times where !untried.contains(time) { tally.tried += decisions.signals(at: time, of: symbol) }
      tally.quiet += moments.quiet.count { !untried.contains($0) }
      if let early, let violation = try await violation(early) {
        tally.violation = violation
        return tally
      }
      for time in chosen + sample {
        let trial = Trial(time: time, symbols: [symbol], isShort: false)
        guard let own = try await believed(fault(in: trial, own: known), own: known),
          let violation = try await violation(own)
        else { continue }
        tally.violation = violation
        return tally
      }
    }
    return tally
  }

  /// The fault of a trial with one symbol in words, if it is one with all of them too.
  private func violation(_ fault: TrialFault) async throws -> String? {
    let proof = try await withAllSymbols()
    guard proof.symbols.count > 1 else { return try await proof.words(fault) }
    let trial = Trial(time: fault.trial.time, symbols: proof.symbols, isShort: false)
    guard let fault = try await proof.believed(proof.fault(in: trial)) else { return nil }
    return try await proof.words(fault)
  }

  /// The instants at which a short trial comes to something else, up to the first at which one on all bars does too.
  private func failingShort(
    _ times: [UTCTimestamp], _ symbols: [Symbol], own: KnownSymbol? = nil
  ) async throws -> (failing: [UTCTimestamp], fault: TrialFault?) {
    var failing: [UTCTimestamp] = []
    var triedLong = 0
    for start in stride(from: 0, to: times.count, by: Self.hopeless) {
      let some = Array(times[start..<min(start + Self.hopeless, times.count)])
      let holds = try await answers(some) { [self] time in
        try await fault(in: Trial(time: time, symbols: symbols, isShort: true), own: own) == nil
      }
      failing += zip(some, holds).filter { !$0.1 }.map(\.0)
      while triedLong < min(Self.earlyLong, failing.count) {
        let trial = Trial(time: failing[triedLong], symbols: symbols, isShort: false)
        if let fault = try await believed(fault(in: trial, own: own), own: own) { return (failing, fault) }
        triedLong += 1
      }
      if start == 0, failing.count == Self.hopeless { return (times, nil) }
    }
    return (failing, nil)
  }

  /// The fault of a trial on all bars, if it is one: that a strategy fails is believed only where it does so again by
  /// itself, with as much of the machine as in the run, and where later bars are the reason.
  ///
  /// - Throws: `RunError` with `strategy_failed` where it fails with all bars too.
  private func believed(_ fault: TrialFault?, own: KnownSymbol? = nil) async throws -> TrialFault? {
    guard let fault, case .fails = fault.kind else { return fault }
    guard let again = try await self.fault(in: fault.trial, own: own) else { return nil }
    if case .fails = again.kind,
      case .failed(let message) = try await answer(with: fault.trial.symbols, own: own, { $0.history })
    {
      throw RunError(.strategyFailed, message)
    }
    return again
  }

  /// What a trial comes to that the run has not, without later bars or with other ones; nil where all is the same.
  ///
  /// - Parameter own: what is known of the trial's symbol, where that is one only.
  private func fault(in trial: Trial, own: KnownSymbol? = nil) async throws -> TrialFault? {
    // Where there is no signal, none can change with what follows: one that is left out shows where nothing does.
    let isQuiet = trial.symbols.allSatisfy { decisions.signals(at: trial.time, of: $0) == 0 }
    for noise in isQuiet ? [nil] : [nil, 0] {
      var trial = trial
      trial.noise = noise
      switch try await answer(to: trial, own: own) {
      case .found(let found, let closes):
        let difference = decisions.difference(
          in: RunDecisions(found, closes), by: trial.time, isOnlyAt: trial.isShort, symbols: Set(trial.symbols),
          isChosen: isChosen && trial.symbols.count == 1)
        if let difference { return TrialFault(trial: trial, kind: .decides(difference)) }
      case .failed(let message): return TrialFault(trial: trial, kind: .fails(message))
      }
    }
    return nil
  }

  /// What a strategy comes to in a trial.
  enum Answer: Sendable {
    case found(StrategyResult, BarCloses)
    case failed(String)
  }

  private func answer(to trial: Trial, own: KnownSymbol?) async throws -> Answer {
    try await answer(with: trial.symbols, own: own) { known in
      let sessions = known.history.schedule.sessions
      let longest = sessions.map { $0.barCount(known.history.series.timeframe) }.max() ?? 0
      // A program may tell how much follows, and some look to the session after the next one.
      return known.part(of: trial, mostNoise: isProgram ? max(64, 3 * longest) : 64)
    }
  }

  /// What the strategy finds in some of what is known; that it fails is an answer too.
  func answer(
    with symbols: [Symbol], own: KnownSymbol? = nil, _ part: (KnownSymbol) -> SufficientHistory
  ) async throws -> Answer {
    var next = symbols.makeIterator()
    var closes: BarCloses?
    do {
      let result = try await scope.runner.run {
        while let symbol = next.next() {
          let known: KnownSymbol?
          if let own, own.history.series.symbol == symbol {
            known = own
          } else {
            known = try await self.known(of: symbol)
          }
          guard let history = known.map(part), !history.series.isEmpty else { continue }
          closes = history.closes
          let columns = try await service.features(
            FeaturesRequest(series: history.series, features: scope.runner.features))
          return StrategyInput(history: history, features: columns)
        }
        return nil
      }
      return .found(result, closes ?? BarCloses(scope.backtest.timeframe, scope.request.sessionMode, sessions: []))
    } catch let error as RunError where error.code == .strategyFailed {
      return .failed(error.message)
    }
  }

  /// What is known of a symbol; nil where its history does not suffice, or there is none.
  func known(of symbol: Symbol) async throws -> KnownSymbol? {
    if let known = kept[symbol] { return known }
    if let lastHistory, lastHistory.series.symbol == symbol { return KnownSymbol(lastHistory) }
    let response: BarsResponse
    do {
      response = try await service.bars(scope.barsRequest(symbol, in: window))
    } catch let error as RunError where error.code == .symbolUnknown {
      return nil
    }
    let verdict = scope.gate
      .judge(response, timeframe: scope.backtest.timeframe, sessionMode: scope.request.sessionMode)
    guard case .sufficient(let history, _) = verdict else { return nil }
    return KnownSymbol(history)
  }

  /// The same once all symbols are read; as many of their bars are held as there may be.
  private func withAllSymbols() async throws -> LookaheadProof {
    var proof = self
    var closes: Set<UTCTimestamp> = []
    var held = 0
    for symbol in scope.symbols {
      guard let known = try await known(of: symbol) else { continue }
      proof.symbols.append(symbol)
      proof.bars += known.history.series.count
      closes.formUnion(known.closes)
      held += known.history.base.count
      if held <= Self.mostKept { proof.kept[symbol] = known }
    }
    proof.closes = closes.sorted()
    return proof
  }

  /// Whether a strategy that chooses among symbols has fewer to choose from in a trial than in the run.
  var isChosen: Bool { !isProgram && scope.symbols.count > 1 }

  /// Whether the strategy is a program.
  var isProgram: Bool {
    if case .program = scope.runner.fingerprint { true } else { false }
  }

  /// The answers about some instants, in their order; several programs run at once.
  private func answers<Value: Sendable>(
    _ times: [UTCTimestamp], _ ask: @escaping @Sendable (UTCTimestamp) async throws -> Value
  ) async throws -> [Value] {
    guard isProgram else {
      var answers: [Value] = []
      for time in times { answers.append(try await ask(time)) }
      return answers
    }
    return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      var answers: [Int: Value] = [:]
      for (index, time) in times.enumerated() {
        if index >= Self.programs, let (done, value) = try await group.next() { answers[done] = value }
        group.addTask { (index, try await ask(time)) }
      }
      for try await (done, value) in group { answers[done] = value }
      return answers.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
