import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct JSONParserFuzzTests {
  // Twenty seeds of a thousand texts each; a seed that fails is named by the test.
  @Test(arguments: UInt64(1)...20)
  func `a text that is damaged is read or refused with its place`(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    var parsed = 0
    var refused = 0
    var wrong: [String] = []

    for _ in 0..<1000 {
      // Given a sound text with a few bytes changed, lost, doubled or cut off
      let text = Self.damaged(CanonicalJSON.pretty(.random(using: &generator)), using: &generator)

      // When it is read
      do {
        let value = try JSONParser.parse(text)
        parsed += 1

        // Then what is read is a value that is written and read as itself
        let again = try JSONParser.parse(CanonicalJSON.compact(value))
        if again != value { wrong.append("changed: \(text)") }
      } catch let error {
        refused += 1

        // Or the place of the error lies in the text
        let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
        let isInside =
          lines.indices.contains(error.line - 1) && (1...lines[error.line - 1].count + 1).contains(error.column)
        if !isInside || error.problem.isEmpty { wrong.append("\(error): \(text)") }
      }
    }

    #expect(wrong.isEmpty)
    #expect(parsed > 50)
    #expect(refused > 50)
  }

  private static func damaged(_ text: [UInt8], using generator: inout SeededRandom) -> [UInt8] {
    let telling = Array("{}[]\",:\\/u0123456789abcdefEDns-+. \n\t".utf8) + [0, 0x1f, 0x7f, 0x80, 0xc3, 0xed, 0xff]
    var text = text
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let place = Int.random(in: 0...text.count, using: &generator)
      let byte = telling[Int.random(in: telling.indices, using: &generator)]
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: text.insert(byte, at: place)
      case 1 where place < text.count: text[place] = byte
      case 2 where place < text.count: text.remove(at: place)
      case 3 where place < text.count: text[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 4: text.removeSubrange(place...)
      default: text += text[..<place].suffix(12)
      }
    }
    return text
  }
}
