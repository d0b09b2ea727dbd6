/// The text for a URL: letters, digits, `-._~` and what is to be kept as they are, all other bytes as `%XX`.
func percentEncoded(_ text: String, keeping kept: String = "", digits: String = "0123456789ABCDEF") -> String {
  let digits = Array(digits.utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      bytes.append(byte)
    default:
      if "-._~".utf8.contains(byte) || kept.utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
