import PrepaperDomain

/// How long to wait before a request is tried again, or before the next one is sent.
struct RetryWaits: Sendable {
  let first: Duration
  let longest: Duration
  let rateLimit: HTTPDescriptor.RateLimit?
  /// A number in 0…1, another one each time: it sets apart what failed together.
  let jitter: @Sendable () -> Double

  /// The wait after that many tries: between half and the whole of `first · 2^(tries − 1)`, `longest` at most, and
  /// never less than the server asks for.
  func delay(afterTries tries: Int, _ answer: PageAnswer?, now: UTCTimestamp) -> Duration {
    let whole = min(first * (1 << min(tries - 1, 20)), longest)
    let own = whole * (0.5 + jitter() / 2)
    guard let answer, let asked = retryAfter(answer, now) ?? (answer.status == 429 ? reset(answer, now) : nil) else {
      return own
    }
    return max(own, asked)
  }

  /// The wait before the next request where the last one has used up what the server allows.
  func pause(behind answer: PageAnswer, now: UTCTimestamp) -> Duration {
    guard let rateLimit, answer.headers[rateLimit.remaining.lowercased()].flatMap({ Int64($0) }) == 0 else {
      return .zero
    }
    return reset(answer, now) ?? .zero
  }

  /// `Retry-After` in seconds or as a date, at most a day.
  private func retryAfter(_ answer: PageAnswer, _ now: UTCTimestamp) -> Duration? {
    guard let text = answer.headers["retry-after"] else { return nil }
    if let seconds = Int64(text) { return Self.bounded(seconds) }
    return UTCTimestamp(httpDate: text).map { Self.bounded(($0 - now).components.seconds + 1) }
  }

  private func reset(_ answer: PageAnswer, _ now: UTCTimestamp) -> Duration? {
    guard let rateLimit, let count = answer.headers[rateLimit.reset.lowercased()].flatMap({ Int64($0) }) else {
      return nil
    }
    switch rateLimit.unit {
    case .secondsFromNow: return Self.bounded(count)
    case .epochSeconds:
      let (wait, isTooLarge) = count.subtractingReportingOverflow(now.seconds)
      return isTooLarge ? nil : Self.bounded(wait)
    }
  }

  private static func bounded(_ seconds: Int64) -> Duration { .seconds(min(max(seconds, 0), 86_400)) }
}

extension UTCTimestamp {
  /// The instant in a header's date, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), or nil where it is none.
  init?(httpDate text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    self.init(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
  }
}
