import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperPipeline

/// Where a series lacks bars, as the history gate sees it.
struct SeriesGaps {
  private let symbol: Symbol
  private let timeframe: Timeframe
  private let calendar: any MarketCalendar
  private let span: TimeSpan
  private let report: HistoryReport

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

  var text: String {
    let summary =
      "\(symbol) \(timeframe.rawValue) from \(span.from.rfc3339) to \(span.to.rfc3339) on \(calendar.name): "
      + "\(report.expectedBars) bars expected, \(report.presentBars) of them there"
    guard !report.holes.isEmpty else { return summary }
    var table = Table(["SESSION", "CLASS", "FIRST", "LAST", "BARS"])
    for hole in report.holes {
      table.add([
        session(of: hole), hole.kind.rawValue, hole.first.rfc3339, hole.last.rfc3339, "\(hole.bars)",
      ])
    }
    return table.text + "\n\n" + summary
  }

  var json: [String: JSONValue] {
    [
      "symbol": .string(symbol.description), "timeframe": .string(timeframe.rawValue),
      "calendar": .string(calendar.name), "from": .string(span.from.rfc3339), "to": .string(span.to.rfc3339),
      "expected_bars": .integer(Int64(report.expectedBars)), "present_bars": .integer(Int64(report.presentBars)),
      "gaps": .array(
        report.holes.map { hole in
          .object([
            "session": .string(session(of: hole)), "class": .string(hole.kind.rawValue),
            "first": .string(hole.first.rfc3339), "last": .string(hole.last.rfc3339),
            "bars": .integer(Int64(hole.bars)),
          ])
        }),
    ]
  }

  /// The date of the session that a hole begins in.
  private func session(of hole: Hole) -> String { timeframe.date(of: hole.first, calendar).description }
}

extension Timeframe {
  /// The session's date of the bar that opens at an instant.
  func date(of time: UTCTimestamp, _ calendar: any MarketCalendar) -> CivilDate {
    // A daily bar carries the date itself, at midnight UTC.
    (self == .d1 ? MarketTimeZone.utc : calendar.timeZone).date(at: time)
  }
}
