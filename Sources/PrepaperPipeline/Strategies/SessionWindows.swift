import PrepaperDomain

/// The stretches of the local day in which a strategy trades, `09:30-11:00`: start included, end not.
struct SessionWindows: Sendable {
  /// One stretch, in seconds after local midnight.
  struct Window: Hashable, Sendable {
    let start: Int64
    let end: Int64
  }

  /// The window and local day that an instant falls in: at most one trade is made in each.
  struct Key: Hashable, Sendable {
    let day: Int64
    let window: Int
  }

  /// Where an instant lies.
  struct Place {
    let key: Key
    let windowStart: UTCTimestamp
    let windowEnd: UTCTimestamp
  }

  /// A part of the local day, from the end of the one before it, that lies in one window or in none.
  private struct Part {
    let end: Int64
    let window: Int?
  }

  let zone: MarketTimeZone
  let windows: [Window]
  private let parts: [Part]
  /// How many parts the day has; the last of them ends at its end.
  var partCount: Int { parts.count }

  /// Windows from their texts; the reader names the parameter in an error.
  init(zone name: String, windows texts: [String], reader: ParameterReader) throws(RunError) {
    let parameter = reader.givenName("session_filter", alias: "session_windows")
    guard let zone = MarketTimeZone.named(name) else {
      let known = MarketTimeZone.known.map(\.name).joined(separator: ", ")
      throw reader.invalid("session_timezone", "is '\(name)'; known are: \(known)")
    }
    guard !texts.isEmpty else { throw reader.invalid(parameter, "must have at least one window") }
    var windows: [Window] = []
    for text in texts {
      guard let window = Window(text) else {
        throw reader.invalid(
          parameter, "has '\(text)'; a window is HH:MM-HH:MM with the start before the end")
      }
      if let (_, other) = zip(windows, texts).first(where: { $0.0.start < window.end && window.start < $0.0.end }) {
        throw reader.invalid(parameter, "has '\(text)', which overlaps '\(other)': a bar would lie in both")
      }
      windows.append(window)
    }
    self.zone = zone
    self.windows = windows
    let ends = Set(windows.flatMap { [$0.start, $0.end] } + [86_400]).subtracting([0]).sorted()
    parts = zip([0] + ends, ends).map { start, end in
      Part(end: end, window: windows.firstIndex { $0.start <= start && start < $0.end })
    }
  }

  /// The stretch of time around an instant in which all instants lie in the same first window of the same day, or in
  /// none.
  ///
  /// `offset` is the zone's at that instant, in seconds; the stretch may reach beyond the time in which it holds. Stretches
  /// of the same part of different days have the same number.
  func stretch(at instant: UTCTimestamp, offset: Int64) -> (part: Int, until: UTCTimestamp, place: Place?) {
    let local = instant.seconds + offset
    let day = local.flooredDivision(by: 86_400)
    let ofDay = local - day * 86_400
    let midnight = day * 86_400 - offset
    // There are more parts of the day than windows, but hardly more than a handful.
    var part = 0
    while parts[part].end <= ofDay { part += 1 }
    let date = CivilDate(daysSinceEpoch: day)
    // By the zone, not by the offset here: clocks may be changed between this instant and either end.
    let place = parts[part].window.map { index in
      Place(
        key: Key(day: day, window: index),
        windowStart: zone.instant(of: date, secondOfDay: windows[index].start),
        windowEnd: zone.lastInstant(of: date, secondOfDay: windows[index].end))
    }
    return (part, UTCTimestamp(seconds: midnight + parts[part].end), place)
  }
}

extension SessionWindows.Window {
  /// `09:30-11:00`; the end may be `24:00`.
  fileprivate init?(_ text: String) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard
      ends.count == 2, let start = Self.second(ends[0]), let end = Self.second(ends[1]), start < end
    else { return nil }
    self.init(start: start, end: end)
  }

  private static func second(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard
      parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int64(parts[0]), let minute = Int64(parts[1]), minute < 60, hour < 24 || (hour == 24 && minute == 0)
    else { return nil }
    return hour * 3600 + minute * 60
  }
}
