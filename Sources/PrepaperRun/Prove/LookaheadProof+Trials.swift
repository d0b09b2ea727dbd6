internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

extension LookaheadProof {
  /// The fault of a trial on all bars, if it is one: that a strategy fails is believed only where it does so again by
  /// itself, with as much of the machine as in the run, and where later bars are the reason.
  ///
  /// - Throws: `RunError` with `strategy_failed` where it fails with all bars too.
  func believed(_ fault: TrialFault?, own: KnownSymbol? = nil) async throws -> TrialFault? {
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
  func fault(in trial: Trial, own: KnownSymbol? = nil) async throws -> TrialFault? {
    // Where there is no signal, none can change with what follows: one that is left out shows where nothing does.
    let isQuiet = trial.symbols.allSatisfy { decisions.signals(at: trial.time, of: $0) == 0 }
    for isNoisy in isQuiet ? [false] : [false, true] {
      var trial = trial
      trial.isNoisy = isNoisy
      switch try await answer(to: trial, own: own) {
      case .found(let found, let closes):
        let difference = decisions.difference(
          in: RunDecisions(found, closes), by: trial.time, isOnlyAt: trial.isShort, symbols: Set(trial.symbols),
          isChosen: isChosen && trial.symbols.count == 1)
        if let difference { return TrialFault(trial: trial, kind: .decides(difference)) }
      case .failed(let message):
        // It may well refuse bars that end anywhere: only where it has decided something it must be able to do so.
        return isQuiet ? nil : TrialFault(trial: trial, kind: .fails(message))
      }
    }
    return nil
  }

  /// What a strategy comes to in a trial.
  enum Answer: Sendable {
    case found(StrategyResult, BarCloses)
    case failed(String)
  }

  func answer(to trial: Trial, own: KnownSymbol?) async throws -> Answer {
    // A program may tell how much follows, and some look to the session after the next one.
    try await answer(with: trial.symbols, own: own) { known in
      known.part(of: trial, mostNoise: isProgram ? known.longestSession * KnownSymbol.noisySessions : 64)
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
}
