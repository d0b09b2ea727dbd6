import PrepaperDomain

/// The times of a request, as a vendor wants them written.
struct RequestTimes {
  private let unit: HTTPDescriptor.SpanUnit
  private let from: UTCTimestamp
  private let to: UTCTimestamp
  private let fromDate: CivilDate
  private let lastDate: CivilDate
  private let isEndIncluded: Bool

  /// The times that ask for the bars which open in a span that is not empty; daily bars by their dates at 00:00Z.
  init(
    _ span: TimeSpan, timeframe: Timeframe, calendar: any MarketCalendar, unit: HTTPDescriptor.SpanUnit,
    end: HTTPDescriptor.SpanEnd, label: HTTPDescriptor.Label
  ) {
    self.unit = unit
    isEndIncluded = end == .included
    let zone = calendar.timeZone
    let last = span.to - .microseconds(1)
    if timeframe == .d1 {
      (fromDate, lastDate) = (span.from.utcDate, last.utcDate)
      // A vendor's daily bar may carry the midnight of the market's zone or that of UTC, or the end of its day.
      let afterLast = lastDate.advanced(byDays: label == .close ? 2 : 1)
      from = min(fromDate.startUTC, zone.instant(of: fromDate, secondOfDay: 0))
      to = max(afterLast.startUTC, zone.instant(of: afterLast, secondOfDay: 0))
    } else {
      (fromDate, lastDate) = (zone.date(at: span.from), zone.date(at: last))
      let shift: Duration = label == .close ? timeframe.duration : .zero
      (from, to) = (span.from + shift, span.to + shift)
    }
  }

  /// The first time.
  var first: String {
    switch unit {
    case .date: fromDate.description
    case .rfc3339: UTCTimestamp(seconds: from.seconds).rfc3339
    case .s, .ms, .us, .ns: count(from)
    }
  }

  /// The last time, or the one after it where the vendor leaves that out.
  var end: String {
    switch unit {
    case .date: (isEndIncluded ? lastDate : lastDate.advanced(byDays: 1)).description
    case .rfc3339: UTCTimestamp(seconds: (isEndIncluded ? last : last + .seconds(1)).seconds).rfc3339
    case .s, .ms, .us, .ns: count(isEndIncluded ? last : last + .microseconds(microsecondsPerUnit))
    }
  }

  private var last: UTCTimestamp { to - .microseconds(1) }

  private var microsecondsPerUnit: Int64 {
    switch unit {
    case .s, .rfc3339, .date: 1_000_000
    case .ms: 1000
    case .us, .ns: 1
    }
  }

  private func count(_ instant: UTCTimestamp) -> String {
    let count = instant.microseconds.flooredDivision(by: microsecondsPerUnit)
    return unit == .ns ? "\(count)000" : "\(count)"
  }
}
