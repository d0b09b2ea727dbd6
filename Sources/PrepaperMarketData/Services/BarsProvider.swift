import PrepaperDomain
import PrepaperIndicators

/// What both services share: from a request over calendar and source to bars of the hours asked for, and features.
struct BarsProvider: Sendable {
  let name: String
  let calendar: any MarketCalendar
  let source: any BarSource

  func bars(_ request: BarsRequest) async throws -> BarsResponse {
    let feed = try await source.open(request.symbol, timeframe: request.timeframe, base: request.baseTimeframe)
    let resolver = WindowResolver(calendar: calendar, sessionMode: request.sessionMode)
    let window = try resolver.window(request.window, coverage: feed.coverage, seenUntil: request.seenUntil)
    let start = try resolver.warmUpStart(before: window, bars: request.warmUpBars, timeframe: request.timeframe)
    let range = TimeSpan(from: start, to: window.to)
    let schedule = calendar.schedule(covering: range)
    let all = try await feed.bars(in: range)
    return BarsResponse(
      window: window, range: range,
      base: request.sessionMode == .all ? all : all.within(schedule.sessions),
      schedule: schedule,
      provenance: BarsProvenance(
        provider: name, source: source.kind, adjustment: source.adjustment, isSynthetic: source.isSynthetic))
  }

  func features(_ request: FeaturesRequest) -> FeatureColumns {
    var columns: [Feature: [Double]] = [:]
    for feature in request.features {
      switch feature {
      case .averageTrueRange(let period): columns[feature] = averageTrueRange(of: request.series, period: period)
      }
    }
    return FeatureColumns(columns)
  }
}

extension BarSeries {
  /// The bars that open in one of these sessions, which are ascending.
  fileprivate func within(_ sessions: [Session]) -> BarSeries {
    var inside = BarSeries(symbol: symbol, timeframe: timeframe)
    inside.reserveCapacity(count)
    for session in sessions {
      for index in indices(in: session.hours) { inside.append(self[index]) }
    }
    return inside
  }
}
