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
