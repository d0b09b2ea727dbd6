import PrepaperJSON
import Testing

@Suite struct JSONParserErrorTests {
  @Test(arguments: [
    ("", "line 1, column 1: the text ends where a value should be"),
    (" \n\t", "line 2, column 2: the text ends where a value should be"),
    ("{\n  \"a\":", "line 2, column 7: the text ends where a value should be"),
    ("[1,", "line 1, column 4: the text ends where a value should be"),
    ("1 2", "line 1, column 3: more text after the value"),
    ("{}\n\n}", "line 3, column 1: more text after the value"),
    ("nullx", "line 1, column 5: more text after the value"),
    ("nul", "line 1, column 1: no value begins like this"),
    ("[True]", "line 1, column 2: no value begins like this"),
    ("[NaN]", "line 1, column 2: no value begins like this"),
    ("Infinity", "line 1, column 1: no value begins like this"),
    ("'a'", "line 1, column 1: no value begins like this"),
    ("// a\n1", "line 1, column 1: no value begins like this"),
    ("[1 /* a */]", "line 1, column 4: a ',' or ']' should be here"),
    ("\u{feff}1", "line 1, column 1: no value begins like this"),
    ("\u{a0}1", "line 1, column 1: no value begins like this"),
    ("[1,]", "line 1, column 4: no value begins like this"),
    ("[,1]", "line 1, column 2: no value begins like this"),
    ("[1\n2]", "line 2, column 1: a ',' or ']' should be here"),
    ("[1", "line 1, column 3: a ',' or ']' should be here"),
    ("[1}", "line 1, column 3: a ',' or ']' should be here"),
  ])
  func `what is no list or value is named with its place`(text: String, error: String) {
    expect(text, isRefusedWith: error)
  }

  @Test(arguments: [
    ("{", "line 1, column 2: a key in quotes should be here"),
    ("{a: 1}", "line 1, column 2: a key in quotes should be here"),
    ("{1: 1}", "line 1, column 2: a key in quotes should be here"),
    ("{\"a\": 1,}", "line 1, column 9: a key in quotes should be here"),
    ("{,}", "line 1, column 2: a key in quotes should be here"),
    ("{\"a\" 1}", "line 1, column 6: a ':' should be here"),
    ("{\"a\"}", "line 1, column 5: a ':' should be here"),
    ("{\"a\": 1; \"b\": 2}", "line 1, column 8: a ',' or '}' should be here"),
    ("{\"a\": 1", "line 1, column 8: a ',' or '}' should be here"),
    ("{\"a\": 1]", "line 1, column 8: a ',' or '}' should be here"),
    ("{\n  \"a\": 1,\n  \"b\": 2,\n  \"a\": 1\n}", "line 4, column 3: the key 'a' stands twice in this object"),
    ("{\"a\": 1, \"\\u0061\": 2}", "line 1, column 10: the key 'a' stands twice in this object"),
    ("[{\"b\": {\"c\": 1, \"c\": 1}}]", "line 1, column 17: the key 'c' stands twice in this object"),
  ])
  func `what is no object is named with its place`(text: String, error: String) {
    expect(text, isRefusedWith: error)
  }

  @Test(arguments: [
    ("-", "line 1, column 2: a digit should be here"), ("[-x]", "line 1, column 3: a digit should be here"),
    ("1.", "line 1, column 3: a digit should be here"), ("1.e5", "line 1, column 3: a digit should be here"),
    ("1e", "line 1, column 3: a digit should be here"), ("1e+", "line 1, column 4: a digit should be here"),
    (".5", "line 1, column 1: no value begins like this"), ("+1", "line 1, column 1: no value begins like this"),
    ("[007]", "line 1, column 2: a number begins with a needless 0"),
    ("-01", "line 1, column 1: a number begins with a needless 0"),
    ("00.5", "line 1, column 1: a number begins with a needless 0"),
    ("0x10", "line 1, column 2: more text after the value"), ("1_000", "line 1, column 2: more text after the value"),
    ("[9223372036854775808]", "line 1, column 2: the number 9223372036854775808 is beyond 64 bits"),
    ("-9223372036854775809", "line 1, column 1: the number -9223372036854775809 is beyond 64 bits"),
    ("[1e400]", "line 1, column 2: the number 1e400 is beyond a double's range"),
    ("-1.5e999", "line 1, column 1: the number -1.5e999 is beyond a double's range"),
  ])
  func `what is no number is named with its place`(text: String, error: String) {
    expect(text, isRefusedWith: error)
  }

  @Test(arguments: [
    ("\"abc", "line 1, column 1: this text does not end"), ("[\"a\", \"b]", "line 1, column 7: this text does not end"),
    ("\"a\nb\"", "line 1, column 3: a control character in a text; write it as \\u00XX"),
    ("\"\t\"", "line 1, column 2: a control character in a text; write it as \\u00XX"),
    ("\"\u{1f}\"", "line 1, column 2: a control character in a text; write it as \\u00XX"),
    ("\"\0\"", "line 1, column 2: a control character in a text; write it as \\u00XX"),
    ("\"\\", "line 1, column 3: the text ends in an escape"),
    ("\"\\a\"", "line 1, column 3: no escape is like this"), ("\"\\'\"", "line 1, column 3: no escape is like this"),
    ("\"\\U0041\"", "line 1, column 3: no escape is like this"),
    ("\"\\u00g0\"", "line 1, column 4: four hex digits should be here"),
    ("\"\\u12", "line 1, column 4: four hex digits should be here"),
    ("\"\\u+041\"", "line 1, column 4: four hex digits should be here"),
    ("\"\\u004\"", "line 1, column 4: four hex digits should be here"),
    ("\"\\ud800\"", "line 1, column 2: half of a surrogate pair"),
    ("\"ab\\udc00\"", "line 1, column 4: half of a surrogate pair"),
    ("\"\\ud800\\u0041\"", "line 1, column 2: half of a surrogate pair"),
    ("\"\\ud800\\ud800\"", "line 1, column 2: half of a surrogate pair"),
    ("\"\\ud800x\"", "line 1, column 2: half of a surrogate pair"),
    ("\"\\ud800\\n\"", "line 1, column 2: half of a surrogate pair"),
    ("{\"a\": \"\\udead\"}", "line 1, column 8: half of a surrogate pair"),
  ])
  func `what is no text is named with its place`(text: String, error: String) {
    expect(text, isRefusedWith: error)
  }

  @Test(
    arguments: [
      [0xff], [0xc3], [0xc3, 0x28], [0xc0, 0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80], [0x80],
    ] as [[UInt8]])
  func `text that is not UTF-8 is refused where it begins`(bytes: [UInt8]) throws {
    let error = #expect(throws: JSONParseError.self) {
      try JSONParser.parse(Array(#"{"a": ""#.utf8) + bytes + Array(#""}"#.utf8))
    }

    #expect(error?.description == "line 1, column 7: this text is not valid UTF-8")
    #expect(throws: JSONParseError.self) { try JSONParser.parse(bytes) }
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `nesting without end is refused at its limit`(level: String) {
    let text = String(repeating: level, count: 100_000)

    let error = #expect(throws: JSONParseError.self) { try JSONParser.parse(Array(text.utf8)) }

    #expect(error?.problem == "nested deeper than 200 levels")
    #expect(error?.column == 200 * level.utf8.count + 1)
  }

  private func expect(
    _ text: String, isRefusedWith description: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: JSONParseError.self, sourceLocation: sourceLocation) {
      try JSONParser.parse(Array(text.utf8))
    }
    #expect(error?.description == description, sourceLocation: sourceLocation)
  }
}
