/// The length of a bar.
package enum Timeframe: String, CaseIterable, Sendable {
  case m1 = "M1"
  case m5 = "M5"
  case m15 = "M15"
  case m30 = "M30"
  case h1 = "H1"
  /// One session; its timestamp is the session's date at 00:00Z.
  case d1 = "D1"

  /// The timeframe that a manifest or a flag means, or nil.
  ///
  /// Upper and lower case are the same. `M5`, `5m`, `5min` · `H1`, `1h`, `M60`, `60m` · `D1`, `1d`.
  package init?(parsing text: String) {
    switch text.lowercased() {
    case "m1", "1m", "1min": self = .m1
    case "m5", "5m", "5min": self = .m5
    case "m15", "15m", "15min": self = .m15
    case "m30", "30m", "30min": self = .m30
    case "h1", "1h", "m60", "60m", "60min": self = .h1
    case "d1", "1d": self = .d1
    default: return nil
    }
  }

  /// Length in minutes; a day counts 1,440.
  package var minutes: Int {
    switch self {
    case .m1: 1
    case .m5: 5
    case .m15: 15
    case .m30: 30
    case .h1: 60
    case .d1: 1440
    }
  }

  /// Length in microseconds, the unit of a bar's time column.
  package var microseconds: Int64 { Int64(minutes) * 60_000_000 }

  /// Length as a duration.
  package var duration: Duration { .microseconds(microseconds) }

  /// Whether bars of this length can be built from bars of that one.
  package func isMultiple(of base: Timeframe) -> Bool {
    minutes % base.minutes == 0
  }
}
