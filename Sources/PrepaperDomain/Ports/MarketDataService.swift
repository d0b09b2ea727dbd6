package import PrepaperJSON

/// The only way a run reaches market data: it gives bars and features, and writes nothing.
///
/// ``BarSource`` is what stands behind the real one; signals go to a ``SignalsLedger``.
package protocol MarketDataService: Sendable {
  /// The line that tells an operator which data a run uses: `Using RealMarketDataService (signals_db=…)`.
  var announcement: String { get }

  /// What an operator should know before trusting the data, a sentence each.
  var warnings: [String] { get }

  /// The instants that a run is asked to evaluate.
  ///
  /// - Throws: ``RunError`` with `params_invalid`, `symbol_unknown` or `bars_invalid`.
  func window(_ query: WindowQuery) async throws -> TimeSpan

  /// The bars of a window and its warm-up, checked bar by bar but not judged.
  ///
  /// - Throws: ``RunError`` with `symbol_unknown`, `bars_invalid` or `params_invalid`.
  func bars(_ request: BarsRequest) async throws -> BarsResponse

  /// The features of bars.
  func features(_ request: FeaturesRequest) async throws -> FeatureColumns
}

/// What a run is asked to evaluate, with all that decides which instants are meant.
package struct WindowQuery: Hashable, Sendable {
  /// The instruments: all of them are evaluated over the same window.
  package let symbols: [Symbol]
  /// The timeframe that the strategy decides on.
  package let timeframe: Timeframe
  /// The timeframe to fetch and to resample from, or nil where the source may choose.
  package let baseTimeframe: Timeframe?
  /// The market's days and hours.
  package let calendar: CalendarName
  /// Which bars of a day are wanted.
  package let sessionMode: SessionMode
  /// What to evaluate.
  package let window: WindowRequest
  /// The last instant that the backtest saw, where it says so.
  package let seenUntil: UTCTimestamp?
  /// The time of day, for what is asked as of now and for sources that have what there was until now.
  package let now: UTCTimestamp

  /// A query of these parts.
  package init(
    symbols: [Symbol], timeframe: Timeframe, baseTimeframe: Timeframe?, calendar: CalendarName,
    sessionMode: SessionMode, window: WindowRequest, seenUntil: UTCTimestamp?, now: UTCTimestamp
  ) {
    self.symbols = symbols
    self.timeframe = timeframe
    self.baseTimeframe = baseTimeframe
    self.calendar = calendar
    self.sessionMode = sessionMode
    self.window = window
    self.seenUntil = seenUntil
    self.now = now
  }
}

/// Which bars of one symbol a run needs: the window it evaluates and the warm-up before it.
package struct BarsRequest: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The timeframe that the strategy decides on; the warm-up is counted in it.
  package let timeframe: Timeframe
  /// The timeframe to fetch and to resample from, or nil where the source may choose.
  package let baseTimeframe: Timeframe?
  /// The market's days and hours.
  package let calendar: CalendarName
  /// Which bars of a day are wanted.
  package let sessionMode: SessionMode
  /// What the run evaluates.
  package let window: TimeSpan
  /// How many bars of `timeframe` must lie before the window.
  package let warmUp: WarmUp
  /// The time of day, for sources that go on having more.
  package let now: UTCTimestamp

  /// A request of these parts.
  package init(
    symbol: Symbol, timeframe: Timeframe, baseTimeframe: Timeframe?, calendar: CalendarName,
    sessionMode: SessionMode, window: TimeSpan, warmUp: WarmUp, now: UTCTimestamp
  ) {
    self.symbol = symbol
    self.timeframe = timeframe
    self.baseTimeframe = baseTimeframe
    self.calendar = calendar
    self.sessionMode = sessionMode
    self.window = window
    self.warmUp = warmUp
    self.now = now
  }
}

/// Bars of one symbol as their source has them, with what the calendar expects of them.
///
/// Nothing is judged yet.
package struct BarsResponse: Sendable {
  /// What the run evaluates.
  package let window: TimeSpan
  /// The window in the timestamps of the strategy's bars: dates at 00:00Z for daily ones, else the window itself.
  package let evaluated: TimeSpan
  /// From the first warm-up bar to the window's end, in the timestamps of the base bars.
  package let range: TimeSpan
  /// The bars in `range`, of the base timeframe and the session mode asked for.
  package let base: BarSeries
  /// How many bars of the strategy's timeframe the calendar expects in it before the window.
  package let warmUpBars: Int
  /// The calendar's sessions that reach into `range`.
  package let schedule: SessionSchedule
  /// Where the bars come from.
  package let provenance: BarsProvenance
  /// Why more bars are to come than these, where they are.
  package let loading: String?
  /// Bars that came again with other numbers.
  package let revisions: [BarRevision]

  /// A response of these parts; without `evaluated` the window is in the bars' own timestamps.
  package init(
    window: TimeSpan, evaluated: TimeSpan? = nil, range: TimeSpan, base: BarSeries, warmUpBars: Int = 0,
    schedule: SessionSchedule,
    provenance: BarsProvenance, loading: String? = nil, revisions: [BarRevision] = []
  ) {
    self.window = window
    self.evaluated = evaluated ?? window
    self.range = range
    self.base = base
    self.warmUpBars = warmUpBars
    self.schedule = schedule
    self.provenance = provenance
    self.loading = loading
    self.revisions = revisions
  }
}

/// Where bars come from, in words that are the same on every machine: no path, no host.
package struct BarsProvenance: Hashable, Sendable {
  /// `fake` or `real`.
  package let provider: String
  /// The kind of source: `synthetic`, `csv`.
  package let source: String
  /// How prices are adjusted for splits and dividends, as far as the source says.
  package let adjustment: String
  /// Whether the bars were made up.
  package let isSynthetic: Bool

  /// A provenance of these parts.
  package init(provider: String, source: String, adjustment: String, isSynthetic: Bool) {
    self.provider = provider
    self.source = source
    self.adjustment = adjustment
    self.isSynthetic = isSynthetic
  }

  /// The provenance as the manifest has it.
  package var json: JSONValue {
    .object(dropping: [
      "name": .string(provider), "source": .string(source), "adjustment": .string(adjustment),
      "synthetic": isSynthetic ? .bool(true) : nil,
    ])
  }
}
