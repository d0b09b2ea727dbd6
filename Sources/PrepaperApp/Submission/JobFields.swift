package import PrepaperDomain
import PrepaperJSON
package import PrepaperQueue

/// What a user says about how a job is to be treated, as it is written in flags or in a line of JSON.
package struct JobFields {
  private let priority: Int?
  private let maxAttempts: Int?
  private let runTimeout: Double?
  private let delay: Double?
  private let at: String?
  private let after: String?
  private let concurrencyKey: String?

  /// What is said, nil where nothing is; `runTimeout` and `delay` are seconds.
  package init(
    priority: Int?, maxAttempts: Int?, runTimeout: Double?, delay: Double?, at: String?, after: String?,
    concurrencyKey: String?
  ) {
    self.priority = priority
    self.maxAttempts = maxAttempts
    self.runTimeout = runTimeout
    self.delay = delay
    self.at = at
    self.after = after
    self.concurrencyKey = concurrencyKey
  }

  /// The keys of a line of JSON that it reads.
  enum Key: String, CaseIterable {
    case priority
    case maxAttempts = "max_attempts"
    case runTimeout = "run_timeout"
    case delay, at, after
    case concurrencyKey = "concurrency_key"
  }

  /// The options of the job.
  ///
  /// - Throws: `FieldFault`.
  package func options(_ names: MemberNames, now: UTCTimestamp) throws(FieldFault) -> JobOptions {
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
  /// What the members of a line of JSON say.
  init(_ members: JSONMembers) throws(JSONFault) {
    priority = try members.whole(.priority)
    maxAttempts = try members.whole(.maxAttempts)
    runTimeout = try members.optionalNumber(Key.runTimeout.rawValue)
    delay = try members.optionalNumber(Key.delay.rawValue)
    at = try members.optionalText(Key.at.rawValue)
    after = try members.optionalText(Key.after.rawValue)
    concurrencyKey = try members.optionalText(Key.concurrencyKey.rawValue)
  }
}

extension JSONMembers {
  /// A number without a fraction, also in how it is written: `1.0` is none.
  fileprivate func whole(_ key: JobFields.Key) throws(JSONFault) -> Int? {
    try optionalValue(key.rawValue, "a whole number") { value in
      if case .integer(let number) = value { Int(number) } else { nil }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { properties.generalCategory == .control }
}
