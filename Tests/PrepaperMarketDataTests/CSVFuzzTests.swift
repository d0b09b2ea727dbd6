import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperTestSupport
import Testing

@Suite struct CSVFuzzTests {
  /// `PREPAPER_FUZZ_CASES` is how many in all.
  static let rounds = (Int(ProcessInfo.processInfo.environment["PREPAPER_FUZZ_CASES"] ?? "") ?? 20_000) / 4

  @Test(arguments: [UInt64](1...4))
  func `damaged text gives good bars or an error with its line`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var read = 0

    for round in 0..<Self.rounds {
      let bytes = Self.damaged(&random)
      do {
        let bars = try Self.bars(bytes)
        var rules = BarRules(timeframe: .m1)
        for index in 0..<bars.count {
          if let broken = rules.check(bars[index]) { Issue.record("\(broken); seed \(seed), round \(round)") }
        }
        read += 1
      } catch let error as RunError {
        guard Self.hasLine(error, "pipe", of: bytes) else {
          Issue.record("\(error.code): \(error.message); seed \(seed), round \(round)")
          continue
        }
      }
    }

    // Most damage is seen, some changes nothing that matters.
    #expect((Self.rounds / 100...Self.rounds / 2).contains(read), "\(read) texts were read")
  }

  @Test func `a damaged file gives what the same text in a pipe gives`() async throws {
    var random = SeededRandom(seed: 5)
    let files = try BarsDirectory()
    let path = try files.write("")

    for round in 0..<500 {
      let bytes = Self.damaged(&random)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        let bars = try await files.bars()
        #expect(try bars == Self.bars(bytes), "round \(round)")
      } catch let error as RunError {
        #expect(Self.hasLine(error, path, of: bytes), "\(error), round \(round)")
        let piped = #expect(throws: RunError.self) { try Self.bars(bytes) }
        #expect(piped?.message == "pipe" + error.message.dropFirst(path.count), "round \(round)")
      }
    }
  }

  /// What comes of a text that fits into a pipe.
  private static func bars(_ bytes: [UInt8]) throws -> BarSeries {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(bytes))
    try pipe.fileHandleForWriting.close()
    defer { try? pipe.fileHandleForReading.close() }
    return try BarSeries(
      csvFrom: pipe.fileHandleForReading.fileDescriptor, name: "pipe", symbol: symbol("SPY"), timeframe: .m1
    ) { _ in }
  }

  /// Whether an error says which line of a source it means.
  private static func hasLine(_ error: RunError, _ source: String, of bytes: [UInt8]) -> Bool {
    let start = "\(source), line "
    guard error.code == .barsInvalid, error.message.hasPrefix(start) else { return false }
    let line = error.message.dropFirst(start.count).prefix { $0.isNumber }
    return (1...bytes.count { $0 == 0x0a } + 1).contains(Int(line) ?? 0)
  }

  /// A small file with one to four things wrong.
  private static func damaged(_ random: inout SeededRandom) -> [UInt8] {
    var lines = [BarsDirectory.header]
    for minute in 30..<30 + random.pick(6) {
      lines.append("2013-10-04T13:\(minute):00Z,10.25,12,9.5,11.125,300")
    }
    for _ in 0..<random.pick(3) { damage(&lines, &random) }
    var bytes = Array(lines.joined(separator: ["\n", "\r\n"][random.pick(2)]).utf8)
    for _ in 0...random.pick(2) { damage(&bytes, &random) }
    return bytes
  }

  /// Damage that knows lines and fields.
  private static func damage(_ lines: inout [String], _ random: inout SeededRandom) {
    let index = random.pick(lines.count)
    switch random.pick(5) {
    case 0: lines.insert(lines[index], at: random.pick(lines.count + 1))
    case 1: lines.swapAt(index, random.pick(lines.count))
    case 2: lines.insert("", at: index)
    case 3:
      var fields = lines[index].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      fields[0] = "\(Int64.random(in: .min ... .max, using: &random) >> Int64(random.pick(64)))"
      lines[index] = fields.joined(separator: ",")
    default:
      var fields = lines[index].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      fields[random.pick(fields.count)] = CSVNumberTests.odd[random.pick(CSVNumberTests.odd.count)]
      lines[index] = fields.joined(separator: ",")
    }
  }

  /// Damage that knows nothing but bytes.
  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let likely = Array("0123456789.,-+eETZ:\n\r \u{feff}\u{0}".utf8)
    let byte = random.pick(2) == 0 ? likely[random.pick(likely.count)] : UInt8.random(in: 0...255, using: &random)
    guard !bytes.isEmpty else { return bytes.append(byte) }
    let index = random.pick(bytes.count)
    switch random.pick(5) {
    case 0: bytes[index] = byte
    case 1: bytes.insert(byte, at: index)
    case 2: bytes.remove(at: index)
    case 3: bytes.removeSubrange(index..<min(bytes.count, index + random.pick(20)))
    default: bytes.append(byte)
    }
  }
}
