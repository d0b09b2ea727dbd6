import PrepaperDomain
import PrepaperIndicators

/// What both services share: from a request over calendar and source to bars of the hours asked for, and features.
struct BarsProvider: Sendable {
  let name: String
  let calendars: MarketCalendars
  let source: any BarSource

  func window(_ query: WindowQuery) async throws -> TimeSpan {
    let resolver = WindowResolver(
      calendar: calendars[query.calendar], sessionMode: query.sessionMode, timeframe: query.timeframe)
    guard query.window.dependsOnSource else { return try resolver.window(query, coverage: .anyTime) }
    var latest: TimeSpan?
    var refused: RunError?
    for symbol in query.symbols {
      do {
        let window = try resolver.window(query, coverage: await feed(symbol, query).coverage)
        // All symbols are evaluated over the latest window that any of them has: what another one lacks shows.
        if latest.map({ $0.to < window.to }) ?? true { latest = window }
      } catch let error as RunError where error.code == .symbolUnknown {
        refused = refused ?? error
      }
    }
    if let latest { return latest }
    throw refused ?? RunError(.paramsInvalid, "the run has no symbols")
  }

  func bars(_ request: BarsRequest) async throws -> BarsResponse {
    let calendar = calendars[request.calendar]
    let feed = try await source.open(
      FeedRequest(
        symbol: request.symbol, timeframe: request.timeframe, base: request.baseTimeframe, calendar: calendar,
        now: request.now))
    let resolver = WindowResolver(
      calendar: calendar, sessionMode: request.sessionMode, timeframe: request.timeframe)
    let reach = try resolver.reach(of: request.window, warmUp: request.warmUp)
    let range = feed.timeframe == .d1 ? reach.dates : reach.instants
    let answer = try await feed.bars(in: range)
    return BarsResponse(
      window: request.window, evaluated: request.timeframe == .d1 ? reach.evaluatedDates : request.window, range: range,
      base: request.sessionMode == .all || feed.timeframe == .d1
        ? answer.series : answer.series.within(reach.schedule.sessions),
      warmUpBars: reach.warmUpBars, schedule: reach.schedule,
      provenance: BarsProvenance(
        provider: name, source: source.kind, adjustment: source.adjustment, isSynthetic: source.isSynthetic),
      loading: answer.loading ?? unsettled(request.window, feed), revisions: answer.revisions)
  }

  func features(_ request: FeaturesRequest) -> FeatureColumns {
    featureColumns(of: request.series, features: request.features)
  }

  private func feed(_ symbol: Symbol, _ query: WindowQuery) async throws -> any BarFeed {
    try await source.open(
      FeedRequest(
        symbol: symbol, timeframe: query.timeframe, base: query.baseTimeframe, calendar: calendars[query.calendar],
        now: query.now))
  }

  /// Why bars of the window may still change, where they may.
  private func unsettled(_ window: TimeSpan, _ feed: any BarFeed) -> String? {
    guard let settled = feed.settledUntil, settled < window.to else { return nil }
    return "the window ends at \(window.to), but the source's bars are settled only until \(settled)"
  }
}

extension WindowRequest {
  /// Whether the window lies where the source's bars are.
  fileprivate var dependsOnSource: Bool {
    switch self {
    case .lastSession, .asOf: true
    case .day, .span: false
    }
  }
}

extension BarSeries {
  /// The bars that open in one of these sessions, which are ascending.
  fileprivate func within(_ sessions: [Session]) -> BarSeries {
    let ranges = sessions.map { indices(in: $0.hours) }.filter { !$0.isEmpty }
    if let first = ranges.first, let last = ranges.last, ranges.reduce(0, { $0 + $1.count }) == count,
      first.lowerBound == 0, last.upperBound == count
    {
      return self
    }
    var inside = BarSeries(symbol: symbol, timeframe: timeframe)
    inside.reserveCapacity(count)
    for range in ranges {
      for index in range { inside.append(self[index]) }
    }
    return inside
  }
}
