/// The decimal number in ASCII text, correctly rounded, or nil where the text is none.
///
/// - `150`, `150.25`, `-1.`, `+.5` and `1e-05` are numbers
/// - `0x10`, `inf`, `nan`, the empty text and all with blanks are none
///
/// A mantissa of up to 15 digits over a power of ten up to 10^22 is exact in a double, and so is their quotient's
/// rounding (Clinger 1990); anything longer goes the long way.
func decimal(_ text: ArraySlice<UInt8>) -> Double? {
  var mantissa: Int64 = 0
  var digits = 0
  var fraction = 0
  var hasPoint = false
  var index = text.startIndex
  let isNegative = text.first == UInt8(ascii: "-")
  if isNegative { index += 1 }
  while index < text.endIndex {
    let byte = text[index]
    if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      mantissa = mantissa &* 10 &+ Int64(byte - UInt8(ascii: "0"))
      digits += 1
      if hasPoint { fraction += 1 }
    } else if byte == UInt8(ascii: "."), !hasPoint {
      hasPoint = true
    } else {
      return longDecimal(text)
    }
    index += 1
  }
  guard digits > 0 else { return nil }
  guard digits <= 15 else { return longDecimal(text) }
  let value = Double(mantissa) / powersOfTen[fraction]
  return isNegative ? -value : value
}

/// The number by the standard library, which alone would take hexadecimal numbers and words as well.
private func longDecimal(_ text: ArraySlice<UInt8>) -> Double? {
  for byte in text {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      continue
    default: return nil
    }
  }
  return Double(String(decoding: text, as: UTF8.self))
}

/// The whole number in ASCII digits, or nil.
func wholeNumber(_ text: ArraySlice<UInt8>) -> Int64? {
  guard text.count <= 20, text.first != UInt8(ascii: "+") else { return nil }
  return Int64(String(decoding: text, as: UTF8.self))
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]
