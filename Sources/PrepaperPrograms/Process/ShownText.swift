/// Bytes of a program's as a message may show them: on one line, without control characters, not too long.
///
/// - a character that is a control or changes how others look becomes `\u{1b}`
/// - a byte that is no UTF-8 becomes `\u{fffd}`
/// - what is longer than the limit ends in `…`
func shownText(_ bytes: some Collection<UInt8>, limit: Int) -> String {
  var text = ""
  // A character has four bytes at most, and a cut one at the end is not shown.
  for scalar in String(decoding: bytes.prefix(4 * limit + 4), as: UTF8.self).unicodeScalars.prefix(limit) {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      if scalar == "\u{fffd}" { text += "\\u{fffd}" } else { text.unicodeScalars.append(scalar) }
    }
  }
  return bytes.count > limit ? text + "…" : text
}
