import PrepaperDomain
import PrepaperJSON

/// Makes bars out of a vendor's records.
struct RecordReader: Sendable {
  private let fields: HTTPDescriptor.Fields
  private let time: RecordTime
  private let label: HTTPDescriptor.Label
  private let dailyTime: HTTPDescriptor.DailyTime
  private let timeframe: Timeframe
  private let calendar: any MarketCalendar
  private let span: TimeSpan
  private let now: UTCTimestamp

  /// A reader of one symbol's bars that lie in a span and are over.
  init(
    _ descriptor: HTTPDescriptor, timeframe: Timeframe, calendar: any MarketCalendar, span: TimeSpan,
    now: UTCTimestamp
  ) {
    fields = descriptor.fields
    time = RecordTime(unit: descriptor.timeUnit, zone: descriptor.timeZone)
    label = descriptor.label
    dailyTime = descriptor.dailyTime
    self.timeframe = timeframe
    self.calendar = calendar
    self.span = span
    self.now = now
  }

  /// The opening time of a record's bar.
  func time(of record: JSONValue) throws(PageFault) -> UTCTimestamp {
    guard case .object(let members) = record else {
      throw PageFault(description: "a record should be an object, is \(record.kind)")
    }
    guard let value = members[fields.time] else { throw missing(fields.time, members) }
    guard let instant = time.instant(value) else {
      let unit = time.unit == .rfc3339 ? "a time in RFC 3339 with a zone" : "a time in \(time.unit.rawValue)"
      throw PageFault(description: "\(fields.time) should be \(unit), is \(value.shown)")
    }
    return opening(of: instant)
  }

  /// Whether the bar of that opening time is asked for, and over.
  func isWanted(_ time: UTCTimestamp) -> Bool { span.contains(time) && end(of: time) <= now }

  /// The bar of a record whose opening time is known; it is held to the rules.
  func bar(_ record: JSONValue, at time: UTCTimestamp) throws(PageFault) -> Bar {
    let bar = Bar(
      time: time, open: try number(record, fields.open), high: try number(record, fields.high),
      low: try number(record, fields.low), close: try number(record, fields.close),
      volume: try number(record, fields.volume))
    // The order of the bars is the collector's: rules of their own for each of them.
    var rules = BarRules(timeframe: timeframe)
    if let broken = rules.check(bar) { throw PageFault(description: broken) }
    return bar
  }

  private func opening(of instant: UTCTimestamp) -> UTCTimestamp {
    guard timeframe != .d1 else { return day(of: instant).startUTC }
    guard label == .close else { return instant }
    let opening = instant - timeframe.duration
    guard timeframe == .h1 else { return opening }
    // The close cuts the last hour of a session, whose bars count from its open.
    let last = instant - .microseconds(1)
    guard let session = calendar.session(on: calendar.timeZone.date(at: last)), session.close == instant else {
      return opening
    }
    return session.open + timeframe.duration * (session.barCount(timeframe) - 1)
  }

  /// The session's date of a daily bar; a close label at midnight belongs to the day that ends.
  private func day(of instant: UTCTimestamp) -> CivilDate {
    let inside = label == .close ? instant - .microseconds(1) : instant
    return dailyTime == .utcDate ? inside.utcDate : calendar.timeZone.date(at: inside)
  }

  private func end(of time: UTCTimestamp) -> UTCTimestamp {
    guard timeframe == .d1 else {
      let whole = time + timeframe.duration
      // Only the bars near the present are worth a look at the calendar.
      guard whole > now, let session = calendar.session(on: calendar.timeZone.date(at: time)),
        session.hours.contains(time)
      else { return whole }
      return min(whole, session.close)
    }
    if let session = calendar.session(on: time.utcDate) { return session.close }
    return calendar.timeZone.instant(of: time.utcDate.advanced(byDays: 1), secondOfDay: 0)
  }

  private func number(_ record: JSONValue, _ name: String) throws(PageFault) -> Double {
    guard case .object(let members) = record, let value = members[name] else {
      throw PageFault(description: "\(name) is missing")
    }
    // Some vendors write numbers in quotes.
    if let number = value.doubleValue ?? value.stringValue.flatMap(decimalNumber) { return number }
    throw PageFault(description: "\(name) should be a number, is \(value.shown)")
  }

  private func decimalNumber(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text)
  }

  private func missing(_ name: String, _ members: [String: JSONValue]) -> PageFault {
    PageFault(description: "\(name) is missing; there are \(members.keys.sorted().prefix(10).joined(separator: ", "))")
  }
}

extension JSONValue {
  /// The value in a message: texts and numbers as they stand, cut short; others by their kind.
  fileprivate var shown: String {
    switch self {
    case .string(let text): "'\(text.prefix(60))'"
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)"
    case .null, .bool, .array, .object: kind
    }
  }
}

/// Reads the time of a record in the unit that a descriptor names.
struct RecordTime: Sendable {
  let unit: HTTPDescriptor.TimeUnit
  /// The zone of texts that have none.
  let zone: MarketTimeZone?

  /// The instant in a member, or nil where it is none of this unit, or none of the years 0 to 9999.
  ///
  /// - `1627896900` and `1627896900.0` are the same number of seconds; digits in quotes are a number too
  /// - `2021-08-02 09:35:00` and `2021-08-02` are read in the zone, if there is one
  func instant(_ value: JSONValue) -> UTCTimestamp? {
    guard unit != .rfc3339 else { return value.stringValue.flatMap(instant(text:)) }
    guard let count = value.integerValue ?? value.stringValue.flatMap({ Int64($0) }) else { return nil }
    let perSecond: Int64 =
      switch unit {
      case .s, .rfc3339: 1
      case .ms: 1000
      case .us: 1_000_000
      case .ns: 1_000_000_000
      }
    guard Self.seconds.contains(count.flooredDivision(by: perSecond)) else { return nil }
    return UTCTimestamp(
      microseconds: perSecond > 1_000_000
        ? count.flooredDivision(by: perSecond / 1_000_000) : count * (1_000_000 / perSecond))
  }

  private func instant(text: String) -> UTCTimestamp? {
    if let instant = UTCTimestamp(rfc3339: text) { return instant }
    guard let zone else { return nil }
    if let date = CivilDate(iso: text) { return zone.instant(of: date, secondOfDay: 0) }
    guard let asUTC = UTCTimestamp(rfc3339: text + "Z") else { return nil }
    let day = asUTC.utcDate
    let ofDay = asUTC.microseconds - day.startUTC.microseconds
    return zone.instant(of: day, secondOfDay: ofDay.flooredDivision(by: 1_000_000))
      + .microseconds(ofDay.flooredRemainder(by: 1_000_000))
  }

  /// From 0000-01-01T00:00:00Z up to 10000-01-01T00:00:00Z.
  private static let seconds: Range<Int64> = -62_167_219_200..<253_402_300_800
}
