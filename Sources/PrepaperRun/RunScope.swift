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
  let warmUpBars: Int
  let startedAt: UTCTimestamp

  /// - Parameter warmUpBars: how many there must be; nil where the strategy and the backtest say so.
  init(
    _ request: RunRequest, _ backtest: BacktestManifest, _ lookup: any StrategyLookup, startedAt: UTCTimestamp,
    warmUpBars: Int? = nil
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
    self.warmUpBars =
      warmUpBars
      ?? max(runner.warmUpBars(beforeWindowAt: request.window.instantWithinDay), backtest.requiredWarmUpBars)
  }

  /// What a run is about that a manifest records, in a directory of its own.
  ///
  /// - Parameter warmUpBars: how many there must be; nil for as many as it had.
  init(
    again manifest: RunManifest, in directory: String, _ lookup: any StrategyLookup, startedAt: UTCTimestamp,
    warmUpBars: Int? = nil
  ) throws(RunError) {
    try self.init(
      RunRequest(manifest, artifactsRoot: directory), BacktestManifest(of: manifest), lookup, startedAt: startedAt,
      warmUpBars: warmUpBars ?? manifest.data.warmUpBars)
  }

  var windowQuery: WindowQuery {
    WindowQuery(
      symbols: symbols, timeframe: backtest.timeframe, baseTimeframe: backtest.baseTimeframe, calendar: calendar,
      sessionMode: request.sessionMode, window: request.window, seenUntil: backtest.seenUntil, now: startedAt)
  }

  func barsRequest(_ symbol: Symbol, in window: TimeSpan) -> BarsRequest {
    BarsRequest(
      symbol: symbol, timeframe: backtest.timeframe, baseTimeframe: backtest.baseTimeframe, calendar: calendar,
      sessionMode: request.sessionMode, window: window, warmUpBars: warmUpBars, now: startedAt)
  }
}

extension WindowRequest {
  /// The window's start where it is given as an instant, which may lie within a session.
  fileprivate var instantWithinDay: UTCTimestamp? {
    guard case .span(.instant(let instant), _) = self else { return nil }
    return instant
  }
}
