internal import FoundationEssentials

/// The bytes between the lines of a PEM text, `-----BEGIN LABEL-----` and its end.
struct PEMBlock {
  let label: String
  let bytes: [UInt8]

  /// The one block of a text; nil where there is none, or more than one.
  init?(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
    guard let first = lines.first, first.hasPrefix("-----BEGIN "), first.hasSuffix("-----") else { return nil }
    let label = String(first.dropFirst(11).dropLast(5))
    guard lines.count > 2, lines.last.map(String.init) == "-----END \(label)-----",
      let data = Data(base64Encoded: lines.dropFirst().dropLast().joined())
    else { return nil }
    self.label = label
    bytes = Array(data)
  }
}
