import PrepaperDomain
import PrepaperJSON

extension String? {
  /// The text, or null.
  var json: JSONValue { map(JSONValue.string) ?? .null }
}

extension UTCTimestamp? {
  /// The time in RFC 3339, or null.
  var json: JSONValue { map { .string($0.rfc3339) } ?? .null }
}

extension Optional where Wrapped: BinaryInteger {
  /// The whole number, or null.
  var json: JSONValue { map { .integer(Int64($0)) } ?? .null }
}

extension Duration? {
  /// Seconds, with a fraction only where there is one, or null.
  var json: JSONValue {
    map { duration in
      let seconds = duration.inSeconds
      return Int64(exactly: seconds).map(JSONValue.integer) ?? .double(seconds)
    } ?? .null
  }
}
