extension [UInt8] {
  /// Appends a number of zero or more in decimal, with zeros in front up to that many digits.
  mutating func appendPadded(_ value: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
