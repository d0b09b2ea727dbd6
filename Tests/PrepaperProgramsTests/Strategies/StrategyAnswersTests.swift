import Foundation
import PrepaperDomain
import PrepaperPipeline
import PrepaperPrograms
import PrepaperTestSupport
import Testing

struct StrategyAnswersTests {
  /// Answers of a program that has read six bars of HOOD, three of them warm-up.
  private func answers(mostBytes: Int = 1 << 26) throws -> StrategyAnswers {
    let history = try SampleHistory().input().history
    var answers = StrategyAnswers(strategy: "own", symbols: [history.series.symbol], mostBytes: mostBytes)
    answers.begin(history, inputStart: 0)
    answers.give(history.series.symbol, inputEnds: Array(1...6))
    answers.complete(inputEnd: 10)
    return answers
  }

  private static let lines = [
    signalLine(bar: 3), signalLine(bar: 4, side: "SELL", more: #","sl":120,"tp":90.5,"reason":"cross""#),
    #"{"type":"reject","ts":"2025-12-15T14:50:00Z","symbol":"HOOD","reason":"flat","numbers":{"x":1.5,"y":-2}}"#,
    signalLine(bar: 5, more: #","ts":"2025-12-15T14:55:00Z""#), signalLine(bar: 1), doneLine,
  ]

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `pieces of any length give the same`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = Array((Self.lines.joined(separator: "\n") + "\n").utf8)
    var whole = try answers()
    var cut = try answers()

    var isTaken = whole.append(text, inputRead: 10)
    var start = 0
    while start < text.count {
      let end = min(text.count, start + 1 + random.pick(60))
      isTaken = cut.append(Array(text[start..<end]), inputRead: 10) && isTaken
      start = end
    }
    isTaken = whole.append([], inputRead: 10) && isTaken

    #expect(isTaken)
    let (result, other) = (try whole.result(), try cut.result())
    #expect(result == other)
    #expect(result.signals.count == 3)
    #expect(result.rejects.map(\.reason) == ["before_window", "flat"])
  }

  @Test func `a bar counts as given once the program has read it`() throws {
    for (read, isTaken) in [(0, false), (3, false), (4, true), (10, true)] {
      var answers = try answers()

      // The line's end is the only byte that needs no reading.
      let took = answers.append(Array((signalLine(bar: 4) + "\n").utf8), inputRead: read)
      #expect(took == isTaken, "\(read)")
    }
  }

  @Test func `all that is printed has a limit`() throws {
    var answers = try answers(mostBytes: 1 << 20)
    let lines = Array(String(repeating: Self.lines[2] + "\n", count: 1000).utf8)

    var pieces = 0
    while answers.append(lines, inputRead: 10), pieces < 100 { pieces += 1 }

    #expect(pieces == (1 << 20) / lines.count)
    #expect(
      answers.fault?.message
        == "strategy 'own', line \(1000 * (pieces + 1) + 1) of its output: all of it is longer than 1 MiB")
  }

  /// `PREPAPER_FUZZ_CASES` is how many; the seed of one that fails is its argument.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func `whatever a program prints, the line that is wrong is named`(seed: UInt64) throws {
    let cases = (Int(ProcessInfo.processInfo.environment["PREPAPER_FUZZ_CASES"] ?? "") ?? 2000) / 10
    var random = SeededRandom(seed: seed)
    var faults = 0
    let fresh = try answers()
    for number in 0..<cases {
      var answers = fresh
      let good = random.pick(4)
      var text = Self.lines.prefix(good).map { Array($0.utf8) + [0x0a] }.joined() + []
      let bad = spoiled(&random)
      text += bad + [0x0a]
      let middle = random.pick(text.count)
      _ = answers.append(Array(text[..<middle]), inputRead: 10)
      _ = answers.append(Array(text[middle...]), inputRead: 10)

      guard let fault = answers.fault else { continue }
      faults += 1
      // What is spoiled may have become several lines, of which the first ones may be good.
      let lines = bad.count { $0 == 0x0a } + 1
      let named = (1...lines).contains { fault.message.hasPrefix("strategy 'own', line \(good + $0) of its output: ") }
      guard fault.code == .strategyFailed, named, fault.message.utf8.count < 3000,
        !fault.message.unicodeScalars.contains(where: { $0.value < 0x20 })
      else {
        Issue.record("seed \(seed), case \(number): \(fault)")
        return
      }
    }
    #expect(faults > cases / 2)
  }

  /// A line that something has happened to.
  private func spoiled(_ random: inout SeededRandom) -> [UInt8] {
    var line = Array(Self.lines[random.pick(Self.lines.count)].utf8)
    switch random.pick(8) {
    case 0: line = (0..<random.pick(200)).map { _ in UInt8(random.pick(256)) }
    case 1: line = Array(random.text(of: #"{}[]":,\u0019eE+-. truefalsn"#, count: 0...100).utf8)
    case 2: line = Array(String(repeating: random.pick(2) == 0 ? "[" : #"{"a":"#, count: random.pick(3000)).utf8)
    case 3: line.removeSubrange(random.pick(line.count)...)
    case 4:
      let other = Array(Self.lines[random.pick(Self.lines.count)].utf8)
      line = Array(line[..<random.pick(line.count)]) + other[random.pick(other.count)...]
    default:
      for _ in 0...random.pick(4) { line[random.pick(line.count)] = UInt8(random.pick(256)) }
    }
    return line
  }
}
