package import PrepaperDomain
internal import PrepaperTestSupport

/// All time there is.
package let always = TimeSpan(from: UTCTimestamp(microseconds: .min), to: UTCTimestamp(microseconds: .max))

/// The span between two instants in RFC 3339 text.
package func span(_ from: String, _ to: String) throws -> TimeSpan {
  TimeSpan(from: try instant(from), to: try instant(to))
}

extension TimeSpan {
  /// `from to`, as tables of cases have it.
  package var text: String { "\(from) \(to)" }
}
