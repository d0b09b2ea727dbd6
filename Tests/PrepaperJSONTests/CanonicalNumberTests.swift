import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct CanonicalNumberTests {
  // The texts are those of Python's repr.
  @Test(
    arguments: [
      (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (150, "150.0"), (-150, "-150.0"), (0.1, "0.1"),
      (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"), (100.5, "100.5"), (12345.678, "12345.678"),
      (0.001, "0.001"), (0.0001, "0.0001"), (0.00001, "1e-05"), (-0.00001, "-1e-05"), (1.5e-07, "1.5e-07"),
      (-2.5e-10, "-2.5e-10"), (.leastNonzeroMagnitude, "5e-324"), (0x1p-1022, "2.2250738585072014e-308"),
      (1e15, "1000000000000000.0"),
      (123456789012345.6, "123456789012345.6"), (0x1.0000000000002p52, "4503599627370498.0"),
      (0x1.fffffffffffffp52, "9007199254740991.0"), (0x1p53, "9007199254740992.0"),
      (0x1.0000000000001p53, "9007199254740994.0"), (-0x1.0000000000001p53, "-9007199254740994.0"),
      (0x1.1c37937e07fffp53, "9999999999999998.0"), (1e16, "1e+16"), (-1e16, "-1e+16"), (1.2e16, "1.2e+16"),
      (1e17, "1e+17"), (123456789012345680, "1.2345678901234568e+17"), (1e22, "1e+22"), (1e23, "1e+23"),
      (1e100, "1e+100"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
    ] as [(Double, String)])
  func `a double is the shortest text that reads back`(number: Double, text: String) {
    #expect(CanonicalJSON.number(number) == text)
    #expect(CanonicalJSON.compactText(.double(number)) == text)
    #expect(appended(number) == text)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a double is appended as the text that it has`(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    let scales: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
    var others: [Double] = []

    for _ in 0..<20_000 {
      let whole = Double(
        generator.next() % [1_000, 1_000_000, 1_000_000_000, 10_000_000_000_000_000][generator.pick(4)])
      let number = whole / scales[generator.pick(10)] * (generator.pick(2) == 0 ? 1 : -1)
      for number in [number, number.nextUp, JSONValue.randomDouble(using: &generator)]
      where appended(number) != CanonicalJSON.number(number) {
        others.append(number)
      }
    }

    #expect(others.isEmpty)
  }

  // The digests are those of the same numbers written by Python.
  @Test func `ten thousand doubles of any size are written as elsewhere`() {
    var generator = SeededRandom(seed: 20_131_004)
    var lines = ""

    for _ in 0..<10_000 {
      lines += CanonicalJSON.number(JSONValue.randomDouble(using: &generator)) + "\n"
    }

    #expect(sha256Hex(lines) == "15ee0100b196497edd8f305a36d4deb4fe9d26441c4040e39ac02eb2c9b307c7")
  }

  @Test func `ten thousand doubles of a price's and a volume's size are written as elsewhere`() {
    // Given whole numbers of up to 17 digits over a power of ten
    let powersOfTen: [Double] = [
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
      1e21, 1e22, 1e23,
    ]
    var generator = SeededRandom(seed: 20_131_004)
    var lines = ""

    for _ in 0..<10_000 {
      let whole = Double(generator.next() % 100_000_000_000_000_000)
      lines += CanonicalJSON.number(whole / powersOfTen[Int(generator.next() % 24)]) + "\n"
    }

    #expect(sha256Hex(lines) == "b58fb139aa5d88a2e9fa38dac77b571dd455c33a8c83c8d3980758d8e1ddef40")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `ten thousand doubles read back as they were`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    var changed: [Double] = []

    for _ in 0..<10_000 {
      let number = JSONValue.randomDouble(using: &generator)
      let text = CanonicalJSON.number(number)
      guard case .double(let read) = try JSONParser.parse(Array(text.utf8)), read.bitPattern == number.bitPattern else {
        changed.append(number)
        continue
      }
    }

    #expect(changed.isEmpty)
  }

  private func appended(_ number: Double) -> String {
    var bytes = Array("=".utf8)
    CanonicalJSON.append(number, to: &bytes)
    return String(decoding: bytes.dropFirst(), as: UTF8.self)
  }
}
