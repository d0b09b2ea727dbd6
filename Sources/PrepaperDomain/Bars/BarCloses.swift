/// When bars are over: nothing in a bar happens later, and a decision on it is made then.
///
/// - a bar ends its length after its open; in regular hours (`rth`) at its session's close, where that is sooner: the
///   last hour of 9:30 to 16:00 is 15:30 to 16:00
/// - with all hours (`all`) a bar goes on beyond the close, like the trade in it
/// - a daily bar ends at its session's close, with all hours too
package struct BarCloses: Hashable, Sendable {
  private let timeframe: Timeframe
  private let sessionMode: SessionMode
  private let sessions: [Session]
  /// Whether a bar may end before its length is over, or is a day's.
  private let dependsOnSessions: Bool

  /// The closes of bars of a timeframe.
  ///
  /// - Parameter sessions: those that the bars lie in, ascending.
  package init(_ timeframe: Timeframe, _ sessionMode: SessionMode, sessions: [Session]) {
    self.timeframe = timeframe
    self.sessionMode = sessionMode
    self.sessions = sessions
    let length = timeframe.microseconds
    dependsOnSessions =
      timeframe == .d1
      || sessionMode == .rth
        && sessions.contains { ($0.close.microseconds - $0.open.microseconds) % length != 0 }
  }

  /// When the bar that opens at an instant is over.
  package func close(ofBarOpening open: UTCTimestamp) -> UTCTimestamp {
    let end = open + timeframe.duration
    guard dependsOnSessions else { return end }
    if timeframe == .d1 {
      let index = firstIndex { $0.day.startUTC >= open }
      return index < sessions.count && sessions[index].day.startUTC == open ? sessions[index].close : end
    }
    let index = firstIndex { $0.close > open }
    return index < sessions.count && sessions[index].open <= open ? min(end, sessions[index].close) : end
  }

  /// The first session that is far enough; by bisection, as sessions ascend.
  private func firstIndex(where isReached: (Session) -> Bool) -> Int {
    var (low, high) = (0, sessions.count)
    while low < high {
      let middle = (low + high) / 2
      if isReached(sessions[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
