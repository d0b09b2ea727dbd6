extension Timeframe {
  /// When a decision on a bar is made: at its end, of a daily bar at its session's close.
  ///
  /// - Parameter sessions: ascending; asked for daily bars only.
  package func close(ofBarOpening open: UTCTimestamp, sessions: [Session]) -> UTCTimestamp {
    guard self == .d1 else { return open + duration }
    var (low, high) = (0, sessions.count)
    while low < high {
      let middle = (low + high) / 2
      if sessions[middle].day.startUTC < open { low = middle + 1 } else { high = middle }
    }
    guard low < sessions.count, sessions[low].day.startUTC == open else { return open + duration }
    return sessions[low].close
  }
}
