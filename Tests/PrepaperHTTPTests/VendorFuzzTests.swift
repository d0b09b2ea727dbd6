import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@testable import PrepaperHTTP

@Suite struct VendorFuzzTests {
  /// The shapes that vendors answer in, each with the descriptor that reads it.
  private static let samples: [(name: String, body: String)] = [
    (
      "alpaca",
      #"""
      {"bars":{"SPY":[{"t":"2025-12-15T14:30:00Z","o":174,"h":174.84,"l":172.31,"c":174.61,"v":85998033,"n":1},
      {"t":"2025-12-15T14:31:00Z","o":174.5,"h":175e0,"l":1.74e2,"c":174.61,"v":1.5}]},"next_page_token":"abc"}
      """#
    ),
    (
      "polygon",
      #"""
      {"results":[{"v":70790813,"o":130.465,"c":130.15,"h":133.41,"l":129.89,"t":1765809000000,"n":3},
      {"v":0,"o":130,"c":130,"h":130,"l":130,"t":1765809060000}],"next_url":"https://x/y?c=1","status":"OK"}
      """#
    ),
    (
      "eodhd",
      #"""
      [{"timestamp":1765809000,"datetime":"2025-12-15 14:30:00","open":146.38,"high":146.39,"low":146.35,
      "close":146.37,"volume":1200},{"timestamp":1765809060,"open":146,"high":147,"low":"145.5","close":146.5,"volume":10}]
      """#
    ),
  ]

  /// A damaged body gives good bars, or an error that says where.
  ///
  /// `PREPAPER_FUZZ_CASES` is how many bodies; the seed of one that fails is its argument.
  @Test(arguments: [UInt64](1...10))
  func `a damaged body gives good bars or an error with its place`(seed: UInt64) throws {
    let cases = (Int(ProcessInfo.processInfo.environment["PREPAPER_FUZZ_CASES"] ?? "") ?? 3000) / 10
    var random = SeededRandom(seed: seed)
    let readers = try Self.samples.map { sample in try VendorReading(sample.name) }
    var read = 0

    for number in 0..<cases {
      let sample = random.pick(Self.samples.count)
      let bytes = Self.damaged(Self.samples[sample].body, &random)
      do {
        let bars = try readers[sample].bars(bytes)
        var rules = BarRules(timeframe: .m1)
        for index in 0..<bars.count {
          if let broken = rules.check(bars[index]) { Issue.record("\(broken); seed \(seed), case \(number)") }
        }
        read += 1
      } catch let fault as PageFault {
        if fault.description.isEmpty { Issue.record("no words; seed \(seed), case \(number)") }
      } catch let error as RunError {
        guard error.code == .barsInvalid, error.message.contains(", page 1, record ") else {
          Issue.record("\(error.message); seed \(seed), case \(number)")
          continue
        }
      }
    }

    // Some damage changes nothing that matters, most is seen.
    #expect((cases / 50...cases * 2 / 3).contains(read), "\(read) of \(cases) were read")
  }

  /// A body with one to four things wrong.
  private static func damaged(_ body: String, _ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(body.utf8)
    let tokens = [
      "null", "true", "[]", "{}", "\"\"", "-", "1e999", "-0", "00", "1e-400", "9223372036854775808", "\"t\"", ",", ":",
      "\\u0000", "\\ud800", "[[[[[[[[", "NaN", "0.1e", "\u{FEFF}",
    ]
    for _ in 0...random.pick(3) {
      let place = random.pick(bytes.count)
      switch random.pick(7) {
      case 0: bytes[place] = UInt8(random.pick(256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(bytes[place], at: random.pick(bytes.count))
      case 3: bytes.removeSubrange(place..<min(place + 1 + random.pick(20), bytes.count))
      case 4: bytes.insert(contentsOf: Array(tokens[random.pick(tokens.count)].utf8), at: place)
      case 5: bytes.swapAt(place, random.pick(bytes.count))
      default:
        let piece = Array(bytes[place..<min(place + 1 + random.pick(60), bytes.count)])
        bytes.insert(contentsOf: piece, at: random.pick(bytes.count))
      }
      if bytes.isEmpty { bytes = [0x20] }
    }
    return bytes
  }
}

/// Reads bodies by one of the descriptors that ship.
private struct VendorReading {
  let descriptor: HTTPDescriptor
  let reader: RecordReader

  init(_ name: String) throws {
    let text = HTTPDescriptor.shipped.first { $0.name == name }?.text ?? []
    descriptor = try HTTPDescriptor(JSONParser.parse(text), name: name, file: name)
    reader = RecordReader(
      descriptor, timeframe: .m1, calendar: XNYSCalendar(),
      span: TimeSpan(from: UTCTimestamp(seconds: 0), to: UTCTimestamp(seconds: 4_000_000_000)),
      now: UTCTimestamp(seconds: 4_000_000_000))
  }

  func bars(_ bytes: [UInt8]) throws -> BarSeries {
    var collector = BarCollector(
      source: descriptor.name, symbol: try symbol("SPY"), timeframe: .m1, order: descriptor.order, reader: reader)
    _ = try collector.add(try Page(bytes, descriptor, vendorSymbol: "SPY").records, page: 1)
    return collector.series
  }
}
