import PrepaperDomain
import PrepaperJSON

/// What the sections ask of a run's manifest; a member that an older run lacks is nil or empty.
struct RunFacts: Sendable {
  /// The whole manifest.
  let definition: JSONValue
  /// Its SHA-256.
  let manifestHash: String
  let clock: LocalClock
  /// The market's zone by the manifest's name for it; UTC where the report does not know that zone.
  let zoneName: String
  let timeframe: Timeframe?
  /// The symbols of the run, in the manifest's order.
  let symbols: [String]

  /// The facts in a manifest.
  init(definition: JSONValue, manifestHash: String) {
    self.definition = definition
    self.manifestHash = manifestHash
    let zone = definition["data"]?["market_tz"]?.stringValue.flatMap { MarketTimeZone.named($0) } ?? .utc
    clock = LocalClock(zone: zone)
    zoneName = zone.name
    timeframe = definition["data"]?["timeframe"]?.stringValue.flatMap { Timeframe(parsing: $0) }
    symbols = (definition["data"]?["symbols"]?.elements ?? []).map(\.exact)
  }

  /// The run's id.
  var runID: String { self["identity", "run_id"]?.exact ?? "unknown run" }

  /// How the run ended.
  var status: String { self["result", "status"]?.exact ?? "unknown result" }

  /// Whether the bars were made up.
  var isSynthetic: Bool { self["data", "provider"]?["synthetic"]?.isTrue ?? false }

  /// Whether bars are days.
  var isDaily: Bool { timeframe == .d1 }

  /// The window; nil where the manifest has none that can be read.
  var window: TimeSpan? {
    guard
      let window = self["data", "window"], let from = window.instant("from"), let to = window.instant("to"), from <= to
    else { return nil }
    return TimeSpan(from: from, to: to)
  }

  /// A member of a part of the manifest; null counts as not there.
  subscript(part: String, member: String) -> JSONValue? {
    guard let value = definition[part]?[member], value != .null else { return nil }
    return value
  }

  /// A member of the manifest itself; null counts as not there.
  subscript(member: String) -> JSONValue? {
    guard let value = definition[member], value != .null else { return nil }
    return value
  }

  /// The local day of the bar that a decision closes: a close at midnight belongs to the day before.
  func decisionDay(_ time: UTCTimestamp) -> CivilDate {
    clock.day(at: UTCTimestamp(microseconds: time.microseconds - 1))
  }

  /// The instant as a table has it: local time to see, the whole instant for machines.
  func local(_ instant: UTCTimestamp) -> Markup {
    "<time datetime=\"\(instant.rfc3339)\">\(clock.dayAndTime(instant))</time>"
  }

  /// The instant in the market's local time; text that is no instant as it is, and a dash where there is none.
  func localText(_ value: JSONValue?) -> Markup {
    guard let value else { return "–" }
    guard let instant = value.stringValue.flatMap({ UTCTimestamp(rfc3339: $0) }) else { return "\(value.exact)" }
    return isDaily && instant == instant.utcDate.startUTC ? "\(instant.utcDate.description)" : local(instant)
  }

  /// The numbers behind an order or a reject in one line; instants in local time.
  func numbers(_ value: JSONValue) -> String {
    value.sortedMembers.prefix(60).filter { $0.value != .null }.map { key, value in
      let name = key.hasSuffix("_ts") ? String(key.dropLast(3)) : key
      let words = name.split(separator: "_").joined(separator: " ")
      guard let instant = value.stringValue.flatMap({ UTCTimestamp(rfc3339: $0) }) else {
        return "\(words) \(value.shown)"
      }
      return "\(words) \(isDaily ? instant.utcDate.description : clock.time(instant))"
    }
    .joined(separator: " · ").cut(to: 600)
  }
}
