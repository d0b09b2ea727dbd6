package import PrepaperDomain

/// A text that is not what a test takes it for.
package struct NotReadable: Error {
  let text: String

  /// The text.
  package init(text: String) {
    self.text = text
  }
}

/// The symbol in a text.
package func symbol(_ text: String) throws -> Symbol {
  guard let symbol = Symbol(text) else { throw NotReadable(text: text) }
  return symbol
}

/// The instant in RFC 3339 text.
package func instant(_ text: String) throws -> UTCTimestamp {
  guard let instant = UTCTimestamp(rfc3339: text) else { throw NotReadable(text: text) }
  return instant
}

/// The day in `YYYY-MM-DD`.
package func day(_ text: String) throws -> CivilDate {
  guard let day = CivilDate(iso: text) else { throw NotReadable(text: text) }
  return day
}
