import PrepaperJSON
import PrepaperDomain
import PrepaperQueue

/// What a user says about how a job is to be treated, as it is written in flags or in a line of JSON.
struct JobFields {
  var priority: Int?
  var maxAttempts: Int?
  /// Seconds.
  var runTimeout: Double?
  var delay: Double?
  var at: String?
  var after: String?
  var concurrencyKey: String?

  /// The keys of a line of JSON that it reads.
  static let keys = ["priority", "max_attempts", "run_timeout", "delay", "at", "after", "concurrency_key"]

  /// The options of the job.
  ///
  /// - Throws: `FieldFault`.
  func options(_ names: MemberNames, now: UTCTimestamp) throws(FieldFault) -> JobOptions {
    var options = JobOptions(concurrencyKey: concurrencyKey)
    options.priority = try number(priority ?? 0, in: -1_000_000...1_000_000, names("priority"))
    options.maxTries = try number(maxAttempts ?? 3, in: 1...1000, names("max_attempts"))
    if let runTimeout {
      guard (0.1...604_800).contains(runTimeout) else {
        throw FieldFault("\(names("run_timeout")) must be 0.1 to 604800 seconds.")
      }
      options.timeout = .seconds(runTimeout)
    }
    options.notBefore = try notBefore(names, now)
    if let after {
      guard let run = RunID(after) else { throw .notAnID(names("after"), after) }
      options.after = run
    }
    if let concurrencyKey {
      guard (1...200).contains(concurrencyKey.utf8.count), !concurrencyKey.unicodeScalars.contains(where: \.isControl)
      else { throw FieldFault("\(names("concurrency_key")) must have 1 to 200 bytes, and no control characters.") }
    }
    return options
  }

  private func notBefore(_ names: MemberNames, _ now: UTCTimestamp) throws(FieldFault) -> UTCTimestamp? {
    switch (delay, at) {
    case (nil, nil): return nil
    case (let delay?, nil):
      guard (0...31_536_000).contains(delay) else {
        throw FieldFault("\(names("delay")) must be 0 to 31536000 seconds.")
      }
      return now + .seconds(delay)
    case (nil, let text?):
      guard let time = UTCTimestamp(rfc3339: text) else {
        throw FieldFault("\(names("at")) is '\(text)'; it must be a time with a zone like 2013-10-07T13:30:00Z.")
      }
      return time
    case (_?, _?): throw FieldFault("\(names("delay")) and \(names("at")) exclude each other.")
    }
  }

  private func number(_ number: Int, in range: ClosedRange<Int>, _ name: String) throws(FieldFault) -> Int {
    guard range.contains(number) else {
      throw FieldFault("\(name) must be \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}

extension JobFields {
  /// What the members of a line of JSON say; null says nothing.
  ///
  /// - Throws: `FieldFault` where one is of another kind.
  init(_ members: [String: JSONValue]) throws(FieldFault) {
    func value<Value>(_ key: String, _ kind: String, _ read: (JSONValue) -> Value?) throws(FieldFault) -> Value? {
      guard let member = members[key], member != .null else { return nil }
      guard let value = read(member) else { throw FieldFault("\(key) is \(member.kind); it must be \(kind).") }
      return value
    }
    func whole(_ value: JSONValue) -> Int? {
      guard case .integer(let number) = value else { return nil }
      return Int(exactly: number)
    }
    priority = try value("priority", "a whole number", whole)
    maxAttempts = try value("max_attempts", "a whole number", whole)
    runTimeout = try value("run_timeout", "a number", \.doubleValue)
    delay = try value("delay", "a number", \.doubleValue)
    at = try value("at", "text", \.stringValue)
    after = try value("after", "text", \.stringValue)
    concurrencyKey = try value("concurrency_key", "text", \.stringValue)
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { properties.generalCategory == .control }
}
