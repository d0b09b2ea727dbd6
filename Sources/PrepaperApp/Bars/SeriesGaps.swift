package import PrepaperDomain
package import PrepaperMarketData
import PrepaperPipeline

/// Where a series lacks bars, as the history gate sees it.
package struct SeriesGaps {
  /// Whose bars they are.
  package let symbol: Symbol
  /// How long they are.
  package let timeframe: Timeframe
  /// What says which are expected.
  package let calendar: any MarketCalendar
  /// What was looked at.
  package let span: TimeSpan
  /// What the gate says of it.
  package let report: HistoryReport

  /// Looks at a series of a store.
  ///
  /// - Parameters:
  ///   - from: where to begin; nil for the first bar.
  ///   - to: where to end, itself not included; nil for the end of the last bar.
  /// - Throws: `AppError` with `usage` where nothing is between the ends; `RunError` where there is no such series, or
  ///   the calendar does not reach so far.
  package init(
    of symbol: Symbol, _ timeframe: Timeframe, from: WindowBound?, to: WindowBound?, on calendar: any MarketCalendar,
    in store: BarStore
  ) throws {
    let span = try Self.span(of: symbol, timeframe, from: from, to: to, on: calendar, in: store)
    self.init(try store.bars(of: symbol, timeframe, in: span), in: span, calendar)
  }

  /// Holds the bars that open in a span against those that a calendar expects there.
  init(_ bars: BarSeries, in span: TimeSpan, _ calendar: any MarketCalendar) {
    (symbol, timeframe) = (bars.symbol, bars.timeframe)
    self.calendar = calendar
    self.span = span
    // As the response that a run over the span would have: the gate itself judges, so that both say the same.
    let response = BarsResponse(
      window: span, range: span, base: bars, schedule: calendar.schedule(covering: span),
      provenance: BarsProvenance(provider: "real", source: "sqlite", adjustment: "unknown", isSynthetic: false))
    report = HistoryGate().judge(response, timeframe: timeframe, sessionMode: .all).report
  }

  /// What to look at: what is asked for, and the series' own ends where nothing is.
  private static func span(
    of symbol: Symbol, _ timeframe: Timeframe, from: WindowBound?, to: WindowBound?, on calendar: any MarketCalendar,
    in store: BarStore
  ) throws -> TimeSpan {
    guard let ends = try store.ends(of: symbol, timeframe) else {
      throw RunError(
        .symbolUnknown,
        "no bars of \(symbol) \(timeframe.rawValue) in \(store.path); 'bars ls' lists what there is")
    }
    let (first, end) = (ends.lowerBound, ends.upperBound + timeframe.duration)
    let from = from.map { instant($0, timeframe, calendar) } ?? first
    let to = to.map { instant($0, timeframe, calendar) } ?? end
    guard from < to else {
      throw AppError(
        "usage", "--from \(from) is not before --to \(to); the bars are from \(first) to \(end)", .usage)
    }
    let days = [timeframe.date(of: from, calendar), timeframe.date(of: to - .microseconds(1), calendar)]
    if let day = days.first(where: { !calendar.range.contains($0) }) {
      throw RunError(
        .paramsInvalid,
        "\(day) is outside the calendar \(calendar.name), which goes from \(calendar.range.lowerBound) to "
          + "\(calendar.range.upperBound); say --from or --to")
    }
    return TimeSpan(from: from, to: to)
  }

  private static func instant(
    _ bound: WindowBound, _ timeframe: Timeframe, _ calendar: any MarketCalendar
  ) -> UTCTimestamp {
    switch bound {
    case .day(let day): timeframe == .d1 ? day.startUTC : calendar.timeZone.instant(of: day, secondOfDay: 0)
    case .instant(let instant): instant
    }
  }

  /// The date of the session that a hole begins in.
  package func session(of hole: Hole) -> String { timeframe.date(of: hole.first, calendar).description }
}

extension Timeframe {
  /// The session's date of the bar that opens at an instant.
  fileprivate func date(of time: UTCTimestamp, _ calendar: any MarketCalendar) -> CivilDate {
    // A daily bar carries the date itself, at midnight UTC.
    (self == .d1 ? MarketTimeZone.utc : calendar.timeZone).date(at: time)
  }
}
