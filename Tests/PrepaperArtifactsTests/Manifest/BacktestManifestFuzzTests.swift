import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct BacktestManifestFuzzTests {
  /// Values that a member may have where nobody expects them.
  private static let odd: [String] = [
    "null", "true", "{}", "[]", "[[]]", #""""#, #"" ""#, #""\u0000""#, #""../x""#, #""🦊""#, "0", "-1", "1e400",
    "9223372036854775807", "1e18", "0.1", #""9999-12-31T23:59:59Z""#, #""0000-01-01""#, #""9999-12-31""#,
    #""2025-02-30""#, #""2025-11-02T01:30:00""#, #""-292277-01-01T00:00:00Z""#, #""M1""#, #""D1""#, #""24x7""#,
    #"["HOOD", "HOOD"]"#, #"["HOOD", 1]"#, #"{"a": {"b": null}}"#,
  ]

  /// `PREPAPER_FUZZ_CASES` is how many; the seed of one that fails is its argument.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func `whatever a manifest is, it is read, or the place that is wrong is named`(seed: UInt64) throws {
    let cases = (Int(ProcessInfo.processInfo.environment["PREPAPER_FUZZ_CASES"] ?? "") ?? 5000) / 10
    var random = SeededRandom(seed: seed)
    var (read, notJSON, invalid) = (0, 0, 0)

    for number in 0..<cases {
      let isFirst = random.pick(2) == 0
      let text = isFirst ? SampleManifests.firstFull : SampleManifests.secondFull
      let bytes = Self.damaged(Array(text.utf8), &random)
      do {
        let json = try JSONParser.parse(bytes)
        _ = isFirst ? try SampleManifests.first(json) : try SampleManifests.second(json)
        read += 1
      } catch let error as JSONParseError {
        notJSON += 1
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        // The end of the text is a place too.
        let isPlace =
          lines.indices.contains(error.line - 1) && (1...lines[error.line - 1].count + 1).contains(error.column)
        if !isPlace || error.problem.isEmpty {
          Issue.record("seed \(seed), case \(number): \(error)")
          return
        }
      } catch let error as RunError {
        invalid += 1
        if !Self.namesPlace(error, isFirst) {
          Issue.record("seed \(seed), case \(number): \(error)")
          return
        }
      }
    }

    // Each of the three comes often.
    #expect(min(read, notJSON, invalid) > cases / 20, "\(read) read, \(notJSON) no JSON, \(invalid) invalid")
  }

  /// What the paths of members begin with, and `run id`.
  private static let names = ["identity", "strategy", "params", "data", "result", "run_id", "status", "run"]

  /// Whether an error says which member of which file it means.
  private static func namesPlace(_ error: RunError, _ isFirst: Bool) -> Bool {
    // One of the first shape that has lost its identity is taken for the second, whose result there is none of.
    if isFirst, error.code == .unexpected { return true }
    let id = isFirst ? SampleManifests.firstID : SampleManifests.secondID
    let starts = ["run_manifest.json", "run_result.json"].map { "\($0) of backtest \(id): " }
    guard error.code == .manifestInvalid, let start = starts.first(where: error.message.hasPrefix) else { return false }
    let problem = error.message.dropFirst(start.count)
    if problem.hasPrefix("must be an object, is ") { return true }
    let path = problem.prefix { $0 != " " && $0 != "," }
    return names.contains(path.prefix { $0 != "." }.description)
  }

  /// A manifest with one to three things wrong.
  private static func damaged(_ manifest: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = manifest
    for _ in 0...random.pick(3) {
      if random.pick(4) > 0 { replaceValue(in: &bytes, &random) } else { damage(&bytes, &random) }
    }
    return bytes
  }

  /// Puts something else behind the colon of a member.
  private static func replaceValue(in bytes: inout [UInt8], _ random: inout SeededRandom) {
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") && bytes[..<$0].last == UInt8(ascii: "\"") }
    guard !colons.isEmpty else { return }
    let start = colons[random.pick(colons.count)] + 1
    let end = bytes[start...].firstIndex { [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "{")].contains($0) }
    bytes.replaceSubrange(start..<(end ?? bytes.count), with: odd[random.pick(odd.count)].utf8)
  }

  /// Damage that knows nothing but bytes.
  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let likely = Array(#"{}[]":,\u0019eE+-. truefalsn"#.utf8) + [0, 0x0a, 0xff, 0xc3]
    let byte = likely[random.pick(likely.count)]
    guard !bytes.isEmpty else { return bytes.append(byte) }
    let index = random.pick(bytes.count)
    switch random.pick(5) {
    case 0: bytes[index] = byte
    case 1: bytes.insert(byte, at: index)
    case 2: bytes.removeSubrange(index..<min(bytes.count, index + random.pick(30)))
    case 3: bytes.removeSubrange(index...)
    default: bytes.insert(contentsOf: Array(repeating: byte, count: random.pick(2000)), at: index)
    }
  }
}
