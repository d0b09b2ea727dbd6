extension CanonicalJSON {
  /// Appends a double in canonical form, the same bytes as `number` gives; it must be finite.
  ///
  /// A price is a whole number over a power of ten. Where that fraction of at most 15 digits is the double, its digits
  /// are the shortest that are: no two such fractions have one double (IEEE 754), so none that is shorter has it.
  package static func append(_ value: Double, to bytes: inout [UInt8]) {
    let magnitude = value.magnitude
    guard value.isFinite, magnitude < 1e9, magnitude >= 1e-3 || magnitude == 0 else {
      bytes.append(contentsOf: number(value).utf8)
      return
    }
    for (digits, scale) in [(2, 100.0), (6, 1_000_000.0)] {
      let scaled = (magnitude * scale).rounded()
      guard scaled / scale == magnitude else { continue }
      if value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
      append(UInt64(scaled), fractionDigits: digits, to: &bytes)
      return
    }
    bytes.append(contentsOf: number(value).utf8)
  }

  /// Appends a whole number as a fraction with that many digits after the point, but no needless zeros at its end.
  private static func append(_ whole: UInt64, fractionDigits: Int, to bytes: inout [UInt8]) {
    var (whole, fractionDigits) = (whole, fractionDigits)
    while fractionDigits > 1, whole % 10 == 0 {
      whole /= 10
      fractionDigits -= 1
    }
    // The digits come from the back; 15 of them, the point, and zeros ahead of a small fraction. They are appended in one
    // go: an array that a caller in another module lent is checked for other owners at each append.
    var text = InlineArray<24, UInt8>(repeating: 0)
    var first = text.count
    let point = first - fractionDigits - 1
    repeat {
      first -= 1
      if first == point {
        text[first] = UInt8(ascii: ".")
        first -= 1
      }
      text[first] = UInt8(ascii: "0") + UInt8(whole % 10)
      whole /= 10
    } while whole > 0 || first >= point
    unsafe text.span.extracting(first..<text.count).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }
}
