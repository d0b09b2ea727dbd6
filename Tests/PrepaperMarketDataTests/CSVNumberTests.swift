import PrepaperDomain
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

/// Texts that stand in the column of volumes, and what comes of them.
@Suite struct CSVNumberTests {
  static let odd = [
    "1.", ".5", "-", "+", ".", "-.", "+1", "1e5", "1E5", "1e+5", "1e-5", "1.e5", ".5e1", "e5", "1e", "1e+", "1.5e3.5",
    "0x10", "0X1p3", "0x", " 1", "1 ", "\t1", "1\t", "1 000", "1_000", "1'000", "nan", "NaN", "-nan", "nan(0x1)",
    "snan", "inf", "+inf", "-inf", "INF", "infinity", "Infinity", "-0", "0", "-0.0", "+0", "00", "007", "0.1", "--1",
    "+-1", "1-", "1.2.3", "..5", "1..", "1f", "1d", "١٢", "１", "1\u{0}", "½", "0b1", "0o7", "1e400", "-1e400",
    "1e-400", "4.9e-324", "2.4e-324", "1.7976931348623157e308", "1.7976931348623159e308", "9007199254740993",
    "9007199254740992.5", "123456789012345", "1234567890123456", "0.000000000000001", "0.0000000000000001",
    "999999999999999", "-99999999999999.9", "2.2250738585072011e-308", "18446744073709551616",
    "9223372036854775808", "0.30000000000000004", "100000000000000000000000", "8.5e22", "1e22", "1e23",
  ]

  @Test(arguments: odd)
  func `an odd text is the number that Double reads, or none`(text: String) async throws {
    try await expectAsMeant(text, in: BarsDirectory())
  }

  @Test(arguments: [UInt64](1...4))
  func `a random text is the number that Double reads, or none`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let texts = (0..<5000).map { _ in Self.randomText(&random) }
    let files = try BarsDirectory()

    // What may stand in the column is read as one file, all else makes an error each.
    var volumes: [(text: String, value: Double)] = []
    for text in texts {
      if let value = meant(text), value.isFinite, value >= 0 {
        volumes.append((text, value))
      } else {
        try await expectAsMeant(text, in: files)
      }
    }
    let start = try instant("2013-10-04T13:30:00Z")
    let rows = volumes.enumerated().map { index, volume in "\(start + .seconds(60 * index)),1,1,1,1,\(volume.text)" }
    try files.write(([BarsDirectory.header] + rows).joined(separator: "\n"))
    let read = try await files.bars().volume

    #expect(volumes.count > 1000)
    #expect(texts.count - volumes.count > 1000)
    try #require(read.count == volumes.count)
    for (volume, read) in zip(volumes, read) where read.bitPattern != volume.value.bitPattern {
      Issue.record("'\(volume.text)' is \(volume.value), read \(read); seed \(seed)")
    }
  }

  private func expectAsMeant(_ text: String, in files: BarsDirectory) async throws {
    let path = try files.write("\(BarsDirectory.header)\n2013-10-04T13:30:00Z,1,1,1,1,\(text)\n")
    let problem: String
    switch meant(text) {
    case nil: problem = "column volume: '\(text.prefix(60))' is not a number"
    case let value? where !value.isFinite: problem = "a number that is not finite"
    case let value? where value < 0: problem = "volume \(value) is below zero"
    case let value?:
      let read = try await files.bars().volume
      #expect(read.map(\.bitPattern) == [value.bitPattern], "'\(text)'")
      return
    }

    let error = try await #require(throws: RunError.self, "'\(text)'") { try await files.bars() }

    #expect(error.message == "\(path), line 2: \(problem)", "'\(text)'")
  }

  /// What a text means: a decimal number in ASCII; hexadecimal, blanks and words mean none.
  private func meant(_ text: String) -> Double? {
    guard text.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil else { return nil }
    return Double(text)
  }

  private static func randomText(_ random: inout SeededRandom) -> String {
    let sign = ["", "", "", "", "-", "+"][random.pick(6)]
    switch random.pick(8) {
    case 0: return sign + random.text(of: "0123456789", count: 1...22)
    case 1, 2: return sign + number(&random, digits: 0...8)
    case 3: return sign + number(&random, digits: 0...40)
    case 4: return sign + number(&random, digits: 1...9) + exponent(&random, digits: 1...2)
    case 5: return sign + number(&random, digits: 1...30) + exponent(&random, digits: 0...3)
    case 6: return "\(Double.random(in: 0...1e6, using: &random))"
    default: return random.text(of: "0123456789.+-eExnai \t", count: 0...6)
    }
  }

  private static func number(_ random: inout SeededRandom, digits: ClosedRange<Int>) -> String {
    random.text(of: "0123456789", count: digits) + "." + random.text(of: "0123456789", count: digits)
  }

  private static func exponent(_ random: inout SeededRandom, digits: ClosedRange<Int>) -> String {
    ["e", "E"][random.pick(2)] + ["", "-", "+"][random.pick(3)] + random.text(of: "0123456789", count: digits)
  }
}
