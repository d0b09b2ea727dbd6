/// Which bars of a day a run sees.
package enum SessionMode: String, CaseIterable, Sendable {
  /// Regular trading hours: bars that open in a session of the calendar.
  case rth
  /// Every bar, extended hours included.
  case all
}
