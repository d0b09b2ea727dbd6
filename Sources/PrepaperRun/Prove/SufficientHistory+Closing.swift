internal import PrepaperDomain
internal import PrepaperPipeline

extension SufficientHistory {
  /// When the bar at an index closes.
  func close(at index: Int) -> UTCTimestamp {
    series.timeframe.close(ofBarOpening: series.time[index], sessions: schedule.sessions)
  }

  /// How many bars have closed by an instant.
  func count(closedBy time: UTCTimestamp) -> Int {
    var (low, high) = (0, series.count)
    while low < high {
      let middle = (low + high) / 2
      if close(at: middle) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The market's day that a bar lies in; of a daily bar its date.
  func day(of time: UTCTimestamp) -> TimeSpan {
    let zone = schedule.timeZone
    let day = series.timeframe == .d1 ? time.utcDate : zone.date(at: time)
    guard series.timeframe != .d1 else { return TimeSpan(from: day.startUTC, to: day.advanced(byDays: 1).startUTC) }
    return TimeSpan(
      from: zone.instant(of: day, secondOfDay: 0), to: zone.instant(of: day.advanced(byDays: 1), secondOfDay: 0))
  }
}
