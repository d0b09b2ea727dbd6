package import PrepaperDomain

/// Builds longer bars from shorter ones.
package protocol BarResampling: Sendable {
  /// For bars of a timeframe, on the grids of these sessions.
  init(timeframe: Timeframe, sessionMode: SessionMode, schedule: SessionSchedule)

  /// The longer bars of a series, whose timeframe must divide theirs; those that are not over at `until` are left out.
  func resample(_ base: BarSeries, until: UTCTimestamp) -> BarSeries
}
