import PrepaperDomain
import PrepaperJSON

/// Reads members of a manifest by their path, and names the path where one is missing or wrong.
struct ManifestReader {
  private let root: JSONValue
  private let file: String

  init(_ root: JSONValue, of file: String) {
    self.root = root
    self.file = file
  }

  /// SHA-256 of the whole in compact canonical form.
  var digest: String { sha256Hex(CanonicalJSON.compact(root)) }

  func text(_ path: String) throws(RunError) -> String {
    let value = try required(path)
    guard let text = value.stringValue else { throw invalid(path, "must be text, is \(value.kind)") }
    guard !text.isEmpty else { throw invalid(path, "is empty") }
    return text
  }

  func optionalText(_ path: String) throws(RunError) -> String? {
    try isAbsent(path) ? nil : text(path)
  }

  func object(_ path: String) throws(RunError) -> [String: JSONValue] {
    let value = try required(path)
    guard case .object(let members) = value else { throw invalid(path, "must be an object, is \(value.kind)") }
    return members
  }

  func runID(_ path: String) throws(RunError) -> RunID {
    let text = try text(path)
    guard let id = RunID(text) else { throw invalid(path, "is '\(text)'; an id is \(RunID.rule)") }
    return id
  }

  func symbol(_ path: String) throws(RunError) -> Symbol {
    let text = try text(path)
    guard let symbol = Symbol(text) else {
      throw invalid(path, "is '\(text)'; a symbol is up to 32 of A-Z a-z 0-9 . _ = ^ -, a letter or digit first")
    }
    return symbol
  }

  /// The symbols of a list, ascending and each once; without the list the one at another path.
  func symbols(_ path: String, orOne single: String) throws(RunError) -> [Symbol] {
    guard try !isAbsent(path) else { return [try symbol(single)] }
    guard case .array(let items) = try required(path), !items.isEmpty else {
      throw invalid(path, "must be a list of at least one symbol")
    }
    var symbols: Set<Symbol> = []
    for (index, item) in items.enumerated() {
      guard let symbol = item.stringValue.flatMap(Symbol.init) else {
        throw invalid("\(path)[\(index)]", "must be a symbol, is \(item.stringValue ?? item.kind)")
      }
      symbols.insert(symbol)
    }
    return symbols.sorted()
  }

  /// A calendar; XNYS where none is named.
  func optionalCalendar(_ path: String) throws(RunError) -> CalendarName {
    guard let text = try optionalText(path) else { return .xnys }
    guard let calendar = CalendarName(rawValue: text) else {
      throw invalid(path, "is '\(text)'; known are \(CalendarName.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return calendar
  }

  func timeframe(_ path: String) throws(RunError) -> Timeframe {
    let text = try text(path)
    guard let timeframe = Timeframe(parsing: text) else {
      let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
      throw invalid(path, "is '\(text)'; known are \(known)")
    }
    return timeframe
  }

  /// A timeframe that another one is built from.
  func optionalBase(_ path: String, of timeframe: Timeframe) throws(RunError) -> Timeframe? {
    guard try !isAbsent(path) else { return nil }
    let base = try self.timeframe(path)
    guard timeframe.isMultiple(of: base) else {
      throw invalid(path, "is \(base.rawValue), which \(timeframe.rawValue) bars cannot be built from")
    }
    return base
  }

  func optionalCount(_ path: String) throws(RunError) -> Int? {
    guard try !isAbsent(path) else { return nil }
    let value = try required(path)
    guard let count = value.integerValue.flatMap(Int.init(exactly:)), (0...1_000_000).contains(count) else {
      throw invalid(path, "must be a whole number in 0…1000000")
    }
    return count
  }

  /// The end of a stretch of data: an instant, a local time without a zone, or a day, whose end is meant.
  func optionalEnd(_ path: String, in zone: MarketTimeZone) throws(RunError) -> UTCTimestamp? {
    guard let text = try optionalText(path) else { return nil }
    if let instant = UTCTimestamp(rfc3339: text) { return instant }
    if let day = CivilDate(iso: text) { return zone.instant(of: day.advanced(byDays: 1), secondOfDay: 0) }
    if let local = UTCTimestamp(rfc3339: text + "Z") {
      let day = local.utcDate
      return zone.instant(of: day, secondOfDay: local.seconds - day.startUTC.seconds)
    }
    throw invalid(path, "is '\(text)', neither a day (YYYY-MM-DD) nor a time")
  }

  func instant(_ path: String) throws(RunError) -> UTCTimestamp {
    let text = try text(path)
    guard let instant = UTCTimestamp(rfc3339: text) else { throw invalid(path, "is '\(text)', which is no time") }
    return instant
  }

  func number(_ path: String) throws(RunError) -> Double {
    let value = try required(path)
    guard let number = value.doubleValue else { throw invalid(path, "must be a number, is \(value.kind)") }
    return number
  }

  func flag(_ path: String) throws(RunError) -> Bool {
    let value = try required(path)
    guard case .bool(let isSet) = value else { throw invalid(path, "must be true or false, is \(value.kind)") }
    return isSet
  }

  func choice<Choice: RawRepresentable>(_ path: String) throws(RunError) -> Choice where Choice.RawValue == String {
    let text = try text(path)
    guard let choice = Choice(rawValue: text) else { throw invalid(path, "is '\(text)', which is not known") }
    return choice
  }

  func list(_ path: String) throws(RunError) -> [JSONValue] {
    let value = try required(path)
    guard case .array(let items) = value else { throw invalid(path, "must be a list, is \(value.kind)") }
    return items
  }

  func texts(_ path: String) throws(RunError) -> [String] {
    let items = try list(path)
    let texts = items.compactMap(\.stringValue)
    guard texts.count == items.count else { throw invalid(path, "must be a list of texts") }
    return texts
  }

  func invalid(_ path: String, _ problem: String) -> RunError {
    RunError(.manifestInvalid, "\(file): \(path) \(problem)")
  }

  /// Whether the path, or an object on the way to it, is missing or null; anything but an object on the way is wrong.
  private func isAbsent(_ path: String) throws(RunError) -> Bool {
    var value = root
    var walked: [Substring] = []
    for name in path.split(separator: ".") {
      guard case .object(let members) = value else {
        throw invalid(walked.joined(separator: "."), "must be an object, is \(value.kind)")
      }
      guard let member = members[String(name)], member != .null else { return true }
      walked.append(name)
      value = member
    }
    return false
  }

  /// The value at a path; the error names the first part of the path that is not there.
  private func required(_ path: String) throws(RunError) -> JSONValue {
    var value = root
    var walked: [Substring] = []
    for name in path.split(separator: ".") {
      walked.append(name)
      guard let member = value[String(name)] else { throw invalid(walked.joined(separator: "."), "is missing") }
      value = member
    }
    return value
  }
}
