package import PrepaperJSON

extension JSONMembers {
  /// The name of a run.
  package func runID(_ name: String) throws(JSONFault) -> RunID {
    try parsed(name, "an id, \(RunID.rule)") { RunID($0) }
  }

  /// A symbol.
  package func symbol(_ name: String) throws(JSONFault) -> Symbol {
    try parsed(name, "a symbol, \(Symbol.rule)") { Symbol($0) }
  }

  /// A list of symbols, in its order; nil where it is not given.
  package func optionalSymbols(_ name: String) throws(JSONFault) -> [Symbol]? {
    try optionalValues(name, "a symbol, \(Symbol.rule)") { value in value.stringValue.flatMap { Symbol($0) } }
  }

  /// A timeframe in any of its spellings.
  package func timeframe(_ name: String) throws(JSONFault) -> Timeframe {
    let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
    return try parsed(name, "one of \(known)") { Timeframe(parsing: $0) }
  }

  /// An instant, RFC 3339 with a zone.
  package func instant(_ name: String) throws(JSONFault) -> UTCTimestamp {
    try parsed(name, "a time like 2025-12-15T14:30:00Z") { UTCTimestamp(rfc3339: $0) }
  }

  /// An instant, RFC 3339 with a zone; nil where it is not given.
  package func optionalInstant(_ name: String) throws(JSONFault) -> UTCTimestamp? {
    has(name) ? try instant(name) : nil
  }
}
