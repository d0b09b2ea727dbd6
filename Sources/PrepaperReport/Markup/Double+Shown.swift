extension Double {
  /// A price to read: at least two decimals, about nine digits in all, `221.89` for `221.89000000000001`.
  var price: String { shown(digits: 9, atLeast: 2) }

  /// A number to read: about six digits, without zeros at the end.
  var shown: String { shown(digits: 6, atLeast: 0) }

  /// A coordinate of a drawing: hundredths at most, `12.5`.
  var coordinate: String { rounded(decimals: 2, atLeast: 0) }

  /// A share as per cent, `5 %` for `0.05`.
  var percent: String { "\((self * 100).shown(digits: 4, atLeast: 0))\u{A0}%" }

  /// The number with exactly that many decimals.
  func fixed(decimals: Int) -> String { rounded(decimals: decimals, atLeast: decimals) }

  private func shown(digits: Int, atLeast least: Int) -> String {
    let magnitude = self.magnitude
    guard magnitude == 0 || (1e-9...1e15).contains(magnitude) else { return description }
    var places = 0
    var unit = 1.0
    // Digits before the point count, and so do zeros that follow it.
    while unit <= magnitude, places < 16 { (unit, places) = (unit * 10, places + 1) }
    while magnitude > 0, unit / 10 > magnitude, places > -8 { (unit, places) = (unit / 10, places - 1) }
    return rounded(decimals: Swift.max(least, digits - places), atLeast: least)
  }

  private func rounded(decimals: Int, atLeast least: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 0x1p53, let whole = Int64(exactly: scaled) else { return description }
    var digits = String(whole)
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    var fraction = digits.suffix(decimals)
    while fraction.utf8.count > least, fraction.hasSuffix("0") { fraction.removeLast() }
    let text = digits.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
    return (self < 0 && whole != 0 ? "-" : "") + text
  }
}

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

extension String {
  /// The text, or its beginning where it has more characters than that, and then it says so.
  func cut(to longest: Int) -> String {
    guard let end = index(startIndex, offsetBy: longest, limitedBy: endIndex), end != endIndex else { return self }
    return "\(self[..<end])… (cut)"
  }
}
