import PrepaperJSON
import PrepaperTestSupport

extension JSONValue {
  /// A random value, with every kind of value and of character in it.
  static func random(using generator: inout SeededRandom, depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &generator) {
    case 0: .null
    case 1: .bool(.random(using: &generator))
    case 2: .integer(Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator))
    case 3: .double(randomDouble(using: &generator))
    case 4, 5: .string(randomText(using: &generator))
    case 6:
      .array(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in .random(using: &generator, depth: depth + 1) })
    default:
      .object(
        Dictionary(
          (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
            (randomText(using: &generator), .random(using: &generator, depth: depth + 1))
          },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// A random finite double of any size.
  static func randomDouble(using generator: inout SeededRandom) -> Double {
    while true {
      let number = Double(bitPattern: generator.next())
      if number.isFinite { return number }
    }
  }

  private static func randomText(using generator: inout SeededRandom) -> String {
    var text = String.UnicodeScalarView()
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7e, 0x20...0x7e, 0...0x1f, 0x7f...0xff, 0x100...0xd7ff, 0xe000...0xffff, 0x10000...0x10ffff,
    ]
    for _ in 0..<Int.random(in: 0..<8, using: &generator) {
      let range = ranges[Int.random(in: ranges.indices, using: &generator)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.append(scalar) }
    }
    return String(text)
  }
}
