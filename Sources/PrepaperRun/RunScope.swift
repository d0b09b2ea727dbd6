internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

/// What a run is about, before any bar is there: request, backtest and strategy put together.
struct RunScope {
  let request: RunRequest
  let backtest: BacktestManifest
  let runner: any StrategyRunner
  /// Ascending.
  let symbols: [Symbol]
  let calendar: CalendarName
  let tolerance: HoleTolerance
  let maxJump: Double
  let sizer: Sizer?
  let gate: HistoryGate
  /// How many bars there must be before the window; nil where the strategy and the backtest say so.
  private let warmUpBars: Int?
  let startedAt: UTCTimestamp

  /// - Parameters:
  ///   - warmUpBars: how many there must be; nil where the strategy and the backtest say so.
  ///   - resampling: builds the strategy's bars.
  init(
    _ request: RunRequest, _ backtest: BacktestManifest, _ lookup: any StrategyLookup, startedAt: UTCTimestamp,
    warmUpBars: Int? = nil, resampling: any BarResampling.Type = Resampler.self
  ) throws(RunError) {
    self.request = request
    self.backtest = backtest
    self.startedAt = startedAt
    symbols = request.options.symbols.isEmpty ? backtest.symbols : request.options.symbols
    calendar = request.options.calendar ?? backtest.calendar
    tolerance = request.options.maxMissing.map { HoleTolerance(missingShare: $0) } ?? HoleTolerance()
    sizer = try request.options.sizing.map { text throws(RunError) in Sizer(try Sizing(parsing: text)) }
    maxJump = request.options.maxJump ?? 0.4
    runner = try lookup.runner(
      key: backtest.strategyKey, parameters: backtest.parameters, timeframe: backtest.timeframe, symbols: symbols)
    self.warmUpBars = warmUpBars
    gate = HistoryGate(tolerance: tolerance, resampling: resampling)
  }

  /// What a run is about that a manifest records, in a directory of its own.
  ///
  /// - Parameter warmUpBars: how many there must be; nil for as many as it had.
  init(
    again manifest: RunManifest, in directory: String, _ lookup: any StrategyLookup, startedAt: UTCTimestamp,
    warmUpBars: Int? = nil, resampling: any BarResampling.Type = Resampler.self
  ) throws(RunError) {
    try self.init(
      RunRequest(manifest, artifactsRoot: directory), BacktestManifest(of: manifest), lookup, startedAt: startedAt,
      warmUpBars: warmUpBars ?? manifest.data.warmUpBars, resampling: resampling)
  }

  var windowQuery: WindowQuery {
    WindowQuery(
      symbols: symbols, timeframe: backtest.timeframe, baseTimeframe: backtest.baseTimeframe, calendar: calendar,
      sessionMode: request.sessionMode, window: request.window, seenUntil: backtest.seenUntil, now: startedAt)
  }

  func barsRequest(_ symbol: Symbol, in window: TimeSpan) -> BarsRequest {
    BarsRequest(
      symbol: symbol, timeframe: backtest.timeframe, baseTimeframe: backtest.baseTimeframe, calendar: calendar,
      sessionMode: request.sessionMode, window: window, warmUp: warmUp(before: window), now: startedAt)
  }

  /// By the window's instants, not by the words in which it was asked for: the same span gives the same run.
  private func warmUp(before window: TimeSpan) -> WarmUp {
    if let warmUpBars { return WarmUp(bars: warmUpBars) }
    return runner.warmUp(beforeWindowAt: window.from).atLeast(backtest.requiredWarmUpBars)
  }
}
