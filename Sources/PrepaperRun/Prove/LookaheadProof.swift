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
  let scope: RunScope
  let window: TimeSpan
  let service: any MarketDataService
  let decisions: RunDecisions
  private let limits: TrialLimits
  private let lastHistory: SufficientHistory?
  /// Empty until all symbols are needed at once.
  private var histories = RunHistories()

  /// - Parameter kept: the history of one symbol, which need not be read again.
  init(
    _ scope: RunScope, _ window: TimeSpan, _ service: any MarketDataService, _ decisions: RunDecisions,
    limits: TrialLimits, kept: SufficientHistory?
  ) {
    self.scope = scope
    self.window = window
    self.service = service
    self.decisions = decisions
    self.limits = limits
    lastHistory = kept
  }

  /// Tries the strategy.
  ///
  /// - Parameter orders: how many orders came of its signals.
  /// - Throws: `RunError` where a trial cannot be made; that a strategy fails in one is no error but its answer.
  func verdict(orders: Int) async throws -> LookaheadVerdict {
    var tally = isProgram ? try await withHistories().triedAsProgram() : try await triedBySymbol()
    tally.orders = orders
    return tally.verdict
  }

  /// A program starts slowly, and may look at all of its symbols: they are tried together.
  private func triedAsProgram() async throws -> TrialTally {
    let (symbols, bars) = (histories.symbols, histories.bars)
    func isLate(_ time: UTCTimestamp) -> Bool { histories.start.map { $0 <= time } ?? false }
    let allTimes = decisions.signalTimes()
    let times = allTimes.filter(isLate)
    let mostShort = max(limits.fewestShort, limits.shortBarsOfProgram / max(1, histories.shortBars))
    let moments = TrialMoments(
      closes: histories.closes.filter(isLate).sorted(), signals: times,
      mostSignals: min(limits.ofProgram.signals, mostShort), mostBeside: mostShort,
      mostQuiet: min(limits.ofProgram.quiet, mostShort), seed: "\(scope.request.runID)")
    let all = (moments.withSignals + moments.quiet).sorted()
    let isFew = bars <= limits.fewBars
    let (failing, early) = isFew ? ([], nil) : try await failingShort(all, symbols)
    let failed = Set(failing)
    let most = min(limits.longOfProgram, max(limits.fewestLong, limits.longBars.program / max(1, bars)))
    let chosen = TrialMoments.spread(failing, most: most)
    let long =
      isFew
      ? all : chosen + TrialMoments.spread(all.filter { !failed.contains($0) }, most: limits.sampledLong.program)

    var tally = TrialTally(signals: allTimes.reduce(0) { $0 + decisions.signals(at: $1) })
    tally.long = long.count
    tally.leftOut = (
      times.count - moments.withSignals.count, failing.count - chosen.count, allTimes.count - times.count
    )
    let untried = failed.subtracting(chosen)
    for time in moments.withSignals where !untried.contains(time) { tally.tried += decisions.signals(at: time) }
    tally.quiet = moments.quiet.count { !untried.contains($0) }
    if let early {
      tally.violation = try await words(early)
      return tally
    }
    for start in stride(from: 0, to: long.count, by: limits.programs) {
      let some = Array(long[start..<min(start + limits.programs, long.count)])
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
    var all: LookaheadProof?
    for symbol in scope.symbols {
      guard let known = try await known(of: symbol) else { continue }
      let times = decisions.signalTimes(of: symbol)
      let moments = TrialMoments(
        closes: known.closes, signals: times, mostSignals: .max, mostBeside: times.count / 4,
        mostQuiet: limits.quietOfSymbol,
        seed: "\(scope.request.runID) \(symbol)")
      let instants = (moments.withSignals + moments.quiet).sorted()
      let (failing, early) = try await failingShort(instants, [symbol], own: known)
      let failed = Set(failing)
      let chosen = TrialMoments.spread(
        failing, most: max(limits.fewestLong, limits.longBars.rules / max(1, known.history.series.count)))
      let sample = TrialMoments.spread(
        instants.filter { !failed.contains($0) }, most: max(1, limits.sampledLong.rules / scope.symbols.count))
      let untried = failed.subtracting(chosen)
      tally.long += chosen.count + sample.count
      tally.leftOut.long += failing.count - chosen.count
      for time in times where !untried.contains(time) { tally.tried += decisions.signals(at: time, of: symbol) }
      tally.quiet += moments.quiet.count { !untried.contains($0) }
      if let early, let violation = try await violation(early, &all) {
        tally.violation = violation
        return tally
      }
      for time in chosen + sample {
        let trial = Trial(time: time, symbols: [symbol], isShort: false)
        guard let own = try await believed(fault(in: trial, own: known), own: known),
          let violation = try await violation(own, &all)
        else { continue }
        tally.violation = violation
        return tally
      }
    }
    return tally
  }

  /// The fault of a trial with one symbol in words, if it is one with all of them too.
  ///
  /// - Parameter all: this proof with all histories, once they are read.
  private func violation(_ fault: TrialFault, _ all: inout LookaheadProof?) async throws -> String? {
    let proof = if let all { all } else { try await withHistories() }
    all = proof
    let symbols = proof.histories.symbols
    guard symbols.count > 1 else { return try await proof.words(fault) }
    let trial = Trial(time: fault.trial.time, symbols: symbols, isShort: false)
    guard let fault = try await proof.believed(proof.fault(in: trial)) else { return nil }
    return try await proof.words(fault)
  }

  /// The instants at which a short trial comes to something else, up to the first at which one on all bars does too.
  private func failingShort(
    _ times: [UTCTimestamp], _ symbols: [Symbol], own: KnownSymbol? = nil
  ) async throws -> (failing: [UTCTimestamp], fault: TrialFault?) {
    var failing: [UTCTimestamp] = []
    var triedLong = 0
    for start in stride(from: 0, to: times.count, by: limits.hopeless) {
      let some = Array(times[start..<min(start + limits.hopeless, times.count)])
      let holds = try await answers(some) { [self] time in
        try await fault(in: Trial(time: time, symbols: symbols, isShort: true), own: own) == nil
      }
      failing += zip(some, holds).filter { !$0.1 }.map(\.0)
      while triedLong < min(limits.earlyLong, failing.count) {
        let trial = Trial(time: failing[triedLong], symbols: symbols, isShort: false)
        if let fault = try await believed(fault(in: trial, own: own), own: own) { return (failing, fault) }
        triedLong += 1
      }
      if start == 0, failing.count == limits.hopeless { return (times, nil) }
    }
    return (failing, nil)
  }

  /// What is known of a symbol; nil where its history does not suffice, or there is none.
  func known(of symbol: Symbol) async throws -> KnownSymbol? {
    if let known = histories[symbol] { return known }
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

  /// The same once all symbols are read.
  private func withHistories() async throws -> LookaheadProof {
    var proof = self
    for symbol in scope.symbols {
      if let known = try await known(of: symbol) { proof.histories.add(known) }
    }
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
        if index >= limits.programs, let (done, value) = try await group.next() { answers[done] = value }
        group.addTask { (index, try await ask(time)) }
      }
      for try await (done, value) in group { answers[done] = value }
      return answers.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
