extension Int {
  /// A count to read, `1,470`.
  var grouped: String {
    var text = String(magnitude)
    var end = text.utf8.count - 3
    while end > 0 {
      text.insert(",", at: text.index(text.startIndex, offsetBy: end))
      end -= 3
    }
    return self < 0 ? "-" + text : text
  }

  /// A count with its noun, `1 signal`, `2 signals`.
  func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
