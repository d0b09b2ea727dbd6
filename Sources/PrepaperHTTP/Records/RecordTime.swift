import PrepaperDomain
import PrepaperJSON

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
