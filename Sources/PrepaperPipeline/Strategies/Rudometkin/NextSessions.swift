import PrepaperDomain

/// Finds the session of each daily bar, and the one after it; bars come ascending.
struct NextSessions {
  private let schedule: SessionSchedule
  private var index = 0

  init(_ schedule: SessionSchedule) {
    self.schedule = schedule
  }

  /// The close of a daily bar's session, and the hours of the next one where the calendar knows it; nil where the
  /// calendar has no session on the bar's date.
  mutating func session(of time: UTCTimestamp) -> (close: UTCTimestamp, next: TimeSpan?)? {
    let sessions = schedule.sessions
    let day = time.utcDate
    while index < sessions.count, sessions[index].day < day { index += 1 }
    guard index < sessions.count, sessions[index].day == day else { return nil }
    let next = index + 1 < sessions.count ? sessions[index + 1] : schedule.following
    return (sessions[index].close, next?.hours)
  }
}
