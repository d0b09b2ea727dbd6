package import PrepaperDomain
import PrepaperMarketData

extension CalendarName {
  /// The day of the last session that has ended.
  ///
  /// - Throws: `AppError` with `configuration` where the calendar does not reach back so far.
  package func lastSession(closedBy now: UTCTimestamp) throws(AppError) -> CivilDate {
    if let session = MarketCalendars()[self].lastSession(closedBy: now) { return session.day }
    throw AppError(
      "configuration", "the calendar \(rawValue) does not know the sessions before \(now)", .configuration)
  }
}
