import PrepaperDomain

/// How far a window and its warm-up go, in instants and in the dates that daily bars carry.
struct WindowReach: Hashable, Sendable {
  /// From the open of the first warm-up bar to the window's end.
  let instants: TimeSpan
  /// From the first warm-up session's date to the day after the last session that is over by the window's end.
  let dates: TimeSpan
  /// The dates of the window's sessions that are over by its end.
  let evaluatedDates: TimeSpan
  /// The sessions that `instants` reaches into.
  let schedule: SessionSchedule
}
