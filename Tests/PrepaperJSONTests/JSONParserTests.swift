import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct JSONParserTests {
  @Test(arguments: [
    ("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false)), (" \t\r\n1\n", .integer(1)),
    (#""""#, .string("")), ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([:])), ("{\n}", .object([:])),
    ("[1,[2, 3] ,{}]", .array([.integer(1), .array([.integer(2), .integer(3)]), .object([:])])),
    (#"{"a":1,"b":{"a":null}}"#, .object(["a": .integer(1), "b": .object(["a": .null])])),
    (#"{"": 1, "A": 2, "a": 3}"#, .object(["": .integer(1), "A": .integer(2), "a": .integer(3)])),
  ])
  func `a value is read with the space around it`(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("2", .integer(2)), ("-17", .integer(-17)),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("2.0", .double(2)),
    ("2e0", .double(2)), ("2E+3", .double(2000)), ("25e-1", .double(2.5)), ("0.1", .double(0.1)), ("0e0", .double(0)),
    ("9223372036854775808.0", .double(0x1p63)), ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
    ("5e-324", .double(.leastNonzeroMagnitude)), ("1e-400", .double(0)), ("0.30000000000000004", .double(0.1 + 0.2)),
  ])
  func `whole numbers and others are kept apart`(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: UInt64(1)...5)
  func `a number of any length is the nearest double`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    func digits(_ range: ClosedRange<Int>) -> String {
      (0..<Int.random(in: range, using: &generator)).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
    }

    for _ in 0..<2000 {
      let whole = "\(Int.random(in: 0...9, using: &generator))"
      let text = ["", "-"][generator.pick(2)] + (whole == "0" ? whole : whole + digits(0...9)) + "." + digits(1...12)

      let expected = try #require(Double(text))
      #expect(try parse(text).doubleValue?.bitPattern == expected.bitPattern, "\(text), seed \(seed)")
    }
  }

  @Test func `a zero keeps its sign where it is no whole number`() throws {
    #expect(try parse("-0.0").doubleValue?.sign == .minus)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\u0000""#, "\0"),
    (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"), (#""\udbff\udfff""#, "\u{10ffff}"),
    (#""é€😀""#, "é€😀"), (#""/""#, "/"), ("\"\u{7f}\u{80}\u{2028}\"", "\u{7f}\u{80}\u{2028}"),
    (#""e\u0301""#, "e\u{301}"), (#""\ufeff""#, "\u{feff}"), (#""\\u0041""#, "\\u0041"),
  ])
  func `text is read with its escapes`(text: String, content: String) throws {
    let read = try #require(try parse(text).stringValue)

    #expect(Array(read.unicodeScalars) == Array(content.unicodeScalars))
  }

  @Test func `two hundred levels are read`() throws {
    let text = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)

    var value = try parse(text)

    var levels = 0
    while case .array(let items) = value {
      levels += 1
      guard let first = items.first else { break }
      value = first
    }
    #expect(levels == 200)
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `what the encoder writes is read as it was`(seed: UInt64) throws {
    // Given random values
    var generator = SeededRandom(seed: seed)
    let values = (0..<1000).map { _ in JSONValue.random(using: &generator) }

    // When they are written in either layout and read again
    let fromPretty = try values.map { try JSONParser.parse(CanonicalJSON.pretty($0)) }
    let fromCompact = try values.map { try JSONParser.parse(CanonicalJSON.compact($0)) }

    // Then they are what they were, and are written the same once more
    #expect(fromPretty == values)
    #expect(fromCompact == values)
    #expect(fromPretty.map(CanonicalJSON.pretty) == values.map(CanonicalJSON.pretty))
  }

  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
  }
}
