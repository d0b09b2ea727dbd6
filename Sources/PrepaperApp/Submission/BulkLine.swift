import PrepaperJSON

/// One run of a bulk submission: an object with the names of the flags as keys, and no others.
struct BulkLine {
  private static let keys: Set<String> = [
    "run_id", "backtest_run_id", "artifacts_root", "from", "to", "replay_date", "session_mode", "allow_unapproved",
    "as_of", "mode", "symbols", "strict", "max_missing", "max_jump", "calendar", "sizing", "priority", "max_attempts",
    "run_timeout", "delay", "at", "after", "concurrency_key", "no_prove",
  ]

  private let members: [String: JSONValue]

  /// - Throws: `FieldFault` where it is no such object.
  init(_ line: [UInt8]) throws(FieldFault) {
    let json: JSONValue
    do {
      json = try JSONParser.parse(line)
    } catch let error {
      throw FieldFault("column \(error.column): \(error.problem).")
    }
    guard case .object(let members) = json else { throw FieldFault("this is \(json.kind); it must be an object.") }
    for key in members.keys.sorted() where !Self.keys.contains(key) {
      throw FieldFault("there is no key '\(key)'; the keys are \(Self.keys.sorted().joined(separator: ", ")).")
    }
    self.members = members
  }

  func artifactsRoot() throws(FieldFault) -> String? { try text("artifacts_root") }

  func request() throws(FieldFault) -> RequestFields {
    RequestFields(
      runID: try needed("run_id"), backtestRunID: try needed("backtest_run_id"), from: try text("from"),
      to: try text("to"), replayDate: try text("replay_date"), sessionMode: try text("session_mode"),
      allowUnapproved: try flag("allow_unapproved"), asOf: try text("as_of"),
      options: OptionFields(
        symbols: try texts("symbols"), isStrict: try flag("strict"), mode: try text("mode"),
        maxMissing: try share("max_missing"), maxJump: try share("max_jump"), calendar: try text("calendar"),
        sizing: try text("sizing"), isProven: try !flag("no_prove")))
  }

  func job() throws(FieldFault) -> JobFields {
    JobFields(
      priority: try whole("priority"), maxAttempts: try whole("max_attempts"), runTimeout: try number("run_timeout"),
      delay: try number("delay"), at: try text("at"), after: try text("after"),
      concurrencyKey: try text("concurrency_key"))
  }

  private func needed(_ key: String) throws(FieldFault) -> String {
    guard let text = try text(key) else { throw FieldFault("\(key) is missing.") }
    return text
  }

  private func text(_ key: String) throws(FieldFault) -> String? {
    try value(key, "text", \.stringValue)
  }

  private func texts(_ key: String) throws(FieldFault) -> [String]? {
    try value(key, "a list of texts") { value in
      guard case .array(let items) = value else { return nil }
      let texts = items.compactMap(\.stringValue)
      return texts.count == items.count ? texts : nil
    }
  }

  /// A share as a number or as the text of one.
  private func share(_ key: String) throws(FieldFault) -> String? {
    try value(key, "a number, or a text like \"1%\"") { $0.stringValue ?? $0.doubleValue?.description }
  }

  private func number(_ key: String) throws(FieldFault) -> Double? {
    try value(key, "a number", \.doubleValue)
  }

  private func whole(_ key: String) throws(FieldFault) -> Int? {
    try value(key, "a whole number") { value in
      if case .integer(let number) = value { Int(number) } else { nil }
    }
  }

  private func flag(_ key: String) throws(FieldFault) -> Bool {
    try value(key, "true or false") { value in
      if case .bool(let isSet) = value { isSet } else { nil }
    } ?? false
  }

  private func value<Value>(
    _ key: String, _ kind: String, _ read: (JSONValue) -> Value?
  ) throws(FieldFault) -> Value? {
    guard let member = members[key] else { return nil }
    guard let value = read(member) else { throw FieldFault("\(key) is \(member.kind); it must be \(kind).") }
    return value
  }
}
