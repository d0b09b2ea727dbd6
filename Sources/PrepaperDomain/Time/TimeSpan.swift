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
