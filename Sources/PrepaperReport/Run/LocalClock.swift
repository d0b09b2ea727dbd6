import PrepaperDomain

/// Turns instants into texts in the market's local time.
struct LocalClock: Sendable {
  /// The market's zone.
  let zone: MarketTimeZone

  /// The local date.
  func day(at instant: UTCTimestamp) -> CivilDate { zone.date(at: instant) }

  /// The local date and time, `2025-12-15 14:45`.
  func dayAndTime(_ instant: UTCTimestamp) -> String { "\(day(at: instant)) \(time(instant))" }

  /// The local time of day, `14:45`, with seconds only where there are some.
  func time(_ instant: UTCTimestamp) -> String { Self.time(ofDay: secondOfDay(at: instant)) }

  /// Seconds since local midnight.
  func secondOfDay(at instant: UTCTimestamp) -> Int64 {
    let local = instant.seconds + zone.offset(at: instant)
    return local - local.flooredDivision(by: 86_400) * 86_400
  }

  /// A stretch of time, `2025-12-15 14:45–16:00`; the second date stands only where it is another one.
  ///
  /// - Parameter known: the date that a reader knows already, which is left out.
  func span(_ span: TimeSpan, knowing known: CivilDate? = nil) -> String {
    let (first, last) = (day(at: span.from), day(at: span.to))
    let from = first == known ? time(span.from) : dayAndTime(span.from)
    return "\(from)–\(first == last ? time(span.to) : dayAndTime(span.to))"
  }

  /// The UTC date and time, `2025-12-15 19:45`.
  static func utc(_ instant: UTCTimestamp) -> String {
    "\(instant.utcDate) \(time(ofDay: instant.seconds - instant.utcDate.daysSinceEpoch * 86_400))"
  }

  private static func time(ofDay second: Int64) -> String {
    let minutes = "\(padded(second / 3600)):\(padded(second / 60 % 60))"
    return second % 60 == 0 ? minutes : "\(minutes):\(padded(second % 60))"
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}
