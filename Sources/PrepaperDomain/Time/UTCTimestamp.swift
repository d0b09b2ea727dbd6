/// An instant in UTC, counted in whole microseconds since 1970-01-01T00:00:00Z.
///
/// It is eight bytes, so a column of them is a column of `Int64`.
package struct UTCTimestamp: Hashable, Comparable, Sendable {
  /// Microseconds since the epoch; negative before 1970.
  package let microseconds: Int64

  /// The instant that many microseconds after the epoch.
  // Inlinable: each row of a file makes one, in another module.
  @inlinable
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The instant that many whole seconds after the epoch.
  package init(seconds: Int64) {
    microseconds = seconds * 1_000_000
  }

  /// The instant that many milliseconds after the epoch: the unit of the queue's columns.
  package init(milliseconds: Int64) {
    microseconds = milliseconds * 1000
  }

  /// Whole milliseconds since the epoch, rounded down.
  package var milliseconds: Int64 { microseconds.flooredDivision(by: 1000) }

  /// Whole seconds since the epoch, rounded down.
  package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000) }

  /// Earlier is less.
  package static func < (left: UTCTimestamp, right: UTCTimestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The instant moved by a duration, which is cut to microseconds.
  package static func + (instant: UTCTimestamp, duration: Duration) -> UTCTimestamp {
    UTCTimestamp(microseconds: instant.microseconds + duration.microseconds)
  }

  /// The instant moved back by a duration, which is cut to microseconds.
  package static func - (instant: UTCTimestamp, duration: Duration) -> UTCTimestamp {
    UTCTimestamp(microseconds: instant.microseconds - duration.microseconds)
  }

  /// The time from the right instant to the left one; negative if the left one is earlier.
  package static func - (later: UTCTimestamp, earlier: UTCTimestamp) -> Duration {
    .microseconds(later.microseconds - earlier.microseconds)
  }
}

/// A stretch of time `[from, to)`: its start belongs to it, its end does not.
package struct TimeSpan: Hashable, Sendable {
  /// The first instant of it.
  package let from: UTCTimestamp
  /// The first instant after it.
  package let to: UTCTimestamp

  /// The span between two instants; `to` must not be before `from`.
  package init(from: UTCTimestamp, to: UTCTimestamp) {
    precondition(from <= to, "a span ends where it starts or later")
    self.from = from
    self.to = to
  }

  /// Whether the instant lies in it.
  package func contains(_ instant: UTCTimestamp) -> Bool {
    from <= instant && instant < to
  }
}

extension Duration {
  /// The duration in whole microseconds, cut towards zero.
  package var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }

  /// The duration in seconds, as a number to show or to divide by.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

extension Int64 {
  /// The quotient rounded down, so that instants before 1970 fall into the right day.
  ///
  /// The divisor must be positive.
  package func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// What `flooredDivision(by:)` leaves: always in `0 ..< divisor`.
  package func flooredRemainder(by divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
