import PrepaperDomain

/// The decimal number in ASCII text, correctly rounded, or nil where the text is none.
///
/// - `150`, `150.25`, `-1.`, `+.5` and `1e-05` are numbers
/// - `0x10`, `inf`, `nan`, the empty text and all with blanks are none
func decimal(_ text: ArraySlice<UInt8>) -> Double? {
  for byte in text {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      continue
    // The standard library would take hexadecimal numbers and words as well.
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

/// The instant of a count since the epoch, in seconds, milliseconds, microseconds or nanoseconds.
///
/// The unit shows in the size: seconds have ten digits until the year 2286.
func instant(ofCount count: Int64) -> UTCTimestamp {
  switch count.magnitude {
  case ..<100_000_000_000: UTCTimestamp(seconds: count)
  case ..<100_000_000_000_000: UTCTimestamp(milliseconds: count)
  case ..<100_000_000_000_000_000: UTCTimestamp(microseconds: count)
  default: UTCTimestamp(microseconds: count.flooredDivision(by: 1000))
  }
}

/// The powers of ten that are exact in a double: a mantissa of up to 2^53 over one of them is rounded once, and so
/// correctly (Clinger 1990).
let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
]
