package import PrepaperDomain
import PrepaperMarketData
internal import PrepaperTestSupport

extension FeedRequest {
  /// What a run on the calendar XNYS asks a source for.
  package static func of(
    _ ticker: String, _ timeframe: Timeframe, base: Timeframe? = nil, now: String = "2026-01-05T08:00:00Z"
  ) throws -> FeedRequest {
    FeedRequest(
      symbol: try PrepaperTestSupport.symbol(ticker), timeframe: timeframe, base: base, calendar: XNYSCalendar(),
      now: try instant(now))
  }
}

/// All time there is.
package let always = TimeSpan(from: UTCTimestamp(microseconds: .min), to: UTCTimestamp(microseconds: .max))

/// The span between two instants in RFC 3339 text.
package func span(_ from: String, _ to: String) throws -> TimeSpan {
  TimeSpan(from: try instant(from), to: try instant(to))
}

extension TimeSpan {
  /// `from to`, as tables of cases have it.
  package var text: String { "\(from) \(to)" }
}
