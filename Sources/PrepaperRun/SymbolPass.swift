internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline

/// Takes a run's symbols one by one from their bars to a strategy's input, and keeps of each what the run records.
///
/// The bars of a symbol are written and let go before the next one's turn: memory does not grow with the symbols.
struct SymbolPass {
  let scope: RunScope
  let window: TimeSpan
  let service: any MarketDataService
  let observe: @Sendable (RunEvent) -> Void
  private var features = FeaturesHash()
  private var histories: [SymbolHistory] = []
  private var first: BarsResponse?

  var stages: StageTimes
  var files: RunFiles
  private(set) var barsFiles: [RunManifest.BarsFile] = []
  private(set) var revisions: [BarRevision] = []
  /// The history of the last symbol that had enough, where it is kept.
  private(set) var lastHistory: SufficientHistory?
  let isReplay: Bool

  /// - Parameter isReplay: whether what the proofs need is kept.
  init(
    _ scope: RunScope, _ window: TimeSpan, _ service: any MarketDataService, files: RunFiles, stages: StageTimes,
    isReplay: Bool = false, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.isReplay = isReplay
    self.scope = scope
    self.window = window
    self.service = service
    self.files = files
    self.stages = stages
    self.observe = observe
  }

  /// What there is of all symbols that had their turn.
  var history: RunHistory {
    RunHistory(
      symbols: histories, isStrict: scope.request.options.isStrict, tolerance: scope.tolerance,
      maxJump: scope.maxJump)
  }

  /// SHA-256 over the features of all symbols.
  var featuresHash: String { features.hex }

  /// Which bars the run saw.
  ///
  /// - Throws: `RunError` with `symbol_unknown` where there are none of any symbol.
  var data: RunManifest.SeenData {
    get throws(RunError) {
      guard let first else {
        throw RunError(
          .symbolUnknown, "the source has no bars of \(histories.map(\.symbol.description).joined(separator: ", "))")
      }
      return RunManifest.SeenData(
        symbols: scope.symbols, timeframe: scope.backtest.timeframe, baseTimeframe: first.base.timeframe,
        sessionMode: scope.request.sessionMode, calendar: scope.calendar, calendarVersion: first.schedule.version,
        window: window, warmUpBars: first.warmUpBars, provenance: first.provenance)
    }
  }

  /// The input of the next symbol whose history suffices, or nil after the last one.
  mutating func next(
    _ fetched: () async throws -> (symbol: Symbol, answer: Result<BarsResponse, any Error>)?
  ) async throws -> StrategyInput? {
    try stages.begin(.bars)
    while let (symbol, answer) = try await fetched() {
      guard let response = try response(of: symbol, answer) else { continue }
      if let input = try await input(response) {
        try stages.begin(.strategy)
        stages.count(bars: input.history.series.count)
        return input
      }
      try stages.begin(.bars)
    }
    // The strategy goes on with what it has seen.
    if history.isEnough { try stages.begin(.strategy) }
    return nil
  }

  /// The bars of a symbol; of several symbols one may have none at all.
  private mutating func response(
    of symbol: Symbol, _ answer: Result<BarsResponse, any Error>
  ) throws -> BarsResponse? {
    let response: BarsResponse
    do {
      response = try answer.get()
    } catch let error as RunError where error.code == .symbolUnknown && scope.symbols.count > 1 {
      observe(.warning(error.message))
      // The message may name a path; the record is the same on every machine.
      note(
        SymbolHistory(
          symbol: symbol,
          report: HistoryReport(
            status: .degraded, expectedBars: 0, presentBars: 0, holes: [],
            reason: "the source has no bars of \(symbol)")))
      return nil
    }
    stages.count(bars: response.base.count)
    if let first, first.base.timeframe != response.base.timeframe {
      throw RunError(
        .barsInvalid,
        "the source has \(first.base.timeframe.rawValue) bars of \(first.base.symbol), but "
          + "\(response.base.timeframe.rawValue) bars of \(symbol); a run takes bars of one timeframe")
    }
    if first == nil { first = response.withoutBars }
    revisions += response.revisions
    if let first = response.revisions.first {
      observe(
        .warning(
          "\(symbol): the source gave \(response.revisions.count) bars again with other numbers, the first of them that of "
            + "\(first.kept.time); those that came first stay in use, \(RunFile.meta) lists both"))
    }
    return response
  }

  /// What the strategy gets of a symbol, or nil where its history does not suffice.
  private mutating func input(_ response: BarsResponse) async throws -> StrategyInput? {
    let symbol = response.base.symbol
    observe(
      .barsLoaded(
        response.base.count, symbol: symbol, timeframe: response.base.timeframe, source: response.provenance.source))
    try stages.begin(.gate)
    stages.count(bars: response.base.count)
    let verdict = scope.gate
      .judge(response, timeframe: scope.backtest.timeframe, sessionMode: scope.request.sessionMode)
    if verdict.report.status == .loading {
      throw RunError(.historyLoading, "\(symbol): \(verdict.report.reason ?? "more bars are coming"); try again later")
    }
    note(
      SymbolHistory(
        symbol: symbol, report: verdict.report,
        jumps: priceJumps(in: response.base, response.schedule, beyond: scope.maxJump)))
    try stages.begin(.files)
    barsFiles.append(try files.write(bars: response.base))
    guard case .sufficient(let history, _) = verdict, history.isWanted(by: self.history) else { return nil }
    try stages.begin(.features)
    stages.count(bars: history.series.count)
    let columns = try await service.features(
      FeaturesRequest(series: history.series, features: scope.runner.features))
    features.add(columns, of: symbol)
    if isReplay { lastHistory = history }
    return StrategyInput(history: history, features: columns)
  }

  private mutating func note(_ history: SymbolHistory) {
    histories.append(history)
    observe(.gate(history))
    for jump in history.jumps {
      observe(
        .warning(
          "\(jump.symbol): the price goes from \(jump.close) to \(jump.open) between \(jump.from) and \(jump.to), more "
            + "than --max-jump allows: is the series adjusted for a split?"))
    }
  }
}

extension SufficientHistory {
  /// Whether it is of any use: where all symbols must have enough history and one has not, nothing comes of the run.
  fileprivate func isWanted(by history: RunHistory) -> Bool { !history.isStrict || history.insufficient.isEmpty }
}

extension BarsResponse {
  /// The response with what is the same for all symbols of a run.
  fileprivate var withoutBars: BarsResponse {
    BarsResponse(
      window: window, evaluated: evaluated, range: range,
      base: BarSeries(symbol: base.symbol, timeframe: base.timeframe), warmUpBars: warmUpBars, schedule: schedule,
      provenance: provenance)
  }
}
