extension JSONValue {
  /// The value as a message may show it: a text in quotes and not too long, a number; of anything else its kind.
  package var shown: String {
    switch self {
    case .string(let text): "'\(text.shown(limit: 40))'"
    case .integer(let number): String(number)
    case .double(let number): number.description
    case .bool(let isSet): isSet ? "true" : "false"
    case .null, .array, .object: kind
    }
  }
}

extension String {
  /// The text as a message may show it: on one line, without control characters, not too long.
  ///
  /// - a character that is a control or changes how others look becomes `\u{1b}`
  /// - what is longer than the limit ends in `…`
  package func shown(limit: Int) -> String {
    var text = ""
    for scalar in unicodeScalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return unicodeScalars.count > limit ? text + "…" : text
  }
}
