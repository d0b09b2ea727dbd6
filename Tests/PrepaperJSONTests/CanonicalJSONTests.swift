import PrepaperJSON
import Testing

@Suite struct CanonicalJSONTests {
  @Test func `a file has two spaces for each level and no final newline`() {
    let value = JSONValue.object([
      "orders": .array([.object(["ts": .string("t"), "sl": .null]), .integer(2)]),
      "empty": .object(["list": .array([]), "object": .object([:])]),
      "flags": .array([.bool(true), .bool(false)]),
    ])

    let text = String(decoding: CanonicalJSON.pretty(value), as: UTF8.self)

    #expect(
      text == """
        {
          "empty": {
            "list": [],
            "object": {}
          },
          "flags": [
            true,
            false
          ],
          "orders": [
            {
              "sl": null,
              "ts": "t"
            },
            2
          ]
        }
        """)
  }

  @Test func `the compact form is one line with spaces after comma and colon`() {
    let value = JSONValue.object(["b": .array([.integer(1), .double(2), .array([])]), "a": .object([:]), "c": .null])

    #expect(CanonicalJSON.compactText(value) == #"{"a": {}, "b": [1, 2.0, []], "c": null}"#)
    #expect(CanonicalJSON.compact(value) == Array(CanonicalJSON.compactText(value).utf8))
  }

  @Test(arguments: [
    (JSONValue.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.integer(0), "0"),
    (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"), (.double(7), "7.0"),
    (.string(""), #""""#), (.array([]), "[]"), (.object([:]), "{}"),
  ])
  func `a value alone has one form in both layouts`(value: JSONValue, text: String) {
    #expect(CanonicalJSON.compactText(value) == text)
    #expect(String(decoding: CanonicalJSON.pretty(value), as: UTF8.self) == text)
  }

  @Test(arguments: [
    ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\r", #"\r"#), ("\t", #"\t"#), ("\u{8}", #"\b"#),
    ("\u{c}", #"\f"#), ("\r\n", #"\r\n"#), ("/", "/"), ("</script>", "</script>"), ("'", "'"), (" ~", " ~"),
    ("\0", #"\u0000"#), ("\u{b}", #"\u000b"#), ("\u{1f}", #"\u001f"#), ("\u{7f}", #"\u007f"#),
    ("\u{80}", #"\u0080"#), ("é", #"\u00e9"#), ("e\u{301}", #"e\u0301"#), ("ÿ", #"\u00ff"#), ("€", #"\u20ac"#),
    ("\u{2028}", #"\u2028"#), ("\u{d7ff}", #"\ud7ff"#), ("\u{e000}", #"\ue000"#), ("\u{feff}", #"\ufeff"#),
    ("\u{ffff}", #"\uffff"#), ("\u{10000}", #"\ud800\udc00"#), ("😀", #"\ud83d\ude00"#),
    ("\u{10ffff}", #"\udbff\udfff"#), ("🇩🇪", #"\ud83c\udde9\ud83c\uddea"#),
  ])
  func `text is ASCII, with short escapes where there are some`(text: String, escaped: String) {
    #expect(CanonicalJSON.compactText(.string(text)) == "\"\(escaped)\"")
    #expect(CanonicalJSON.compactText(.object([text: .null])) == "{\"\(escaped)\": null}")
  }

  @Test func `every character beyond the space and before the delete stands for itself`() {
    let plain = String(String.UnicodeScalarView((0x20...0x7e).compactMap { Unicode.Scalar(UInt32($0)) }))
      .filter { $0 != "\"" && $0 != "\\" }

    #expect(CanonicalJSON.compactText(.string(plain)) == "\"\(plain)\"")
    #expect(plain.count == 93)
  }

  @Test func `keys are sorted by code point`() {
    // By UTF-16 unit the last one would stand before two others, by letter the case would not count.
    let sorted = ["", "A", "B", "Z", "_", "a", "a.b", "aa", "b", "z", "é", "\u{e000}", "～", "😀"]
    let value = JSONValue.object(Dictionary(uniqueKeysWithValues: sorted.map { ($0, .null) }))

    let text = CanonicalJSON.compactText(value)

    let expected = sorted.map { CanonicalJSON.compactText(.string($0)) + ": null" }.joined(separator: ", ")
    #expect(text == "{\(expected)}")
  }

  @Test func `a value has the same bytes however its object was filled`() {
    let keys = (0..<200).map { "key\($0)" }
    let forwards = JSONValue.object(Dictionary(uniqueKeysWithValues: keys.map { ($0, .string($0)) }))
    let backwards = JSONValue.object(Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, .string($0)) }))

    #expect(CanonicalJSON.pretty(forwards) == CanonicalJSON.pretty(backwards))
  }

  @Test func `a number that JSON does not have ends the program`() async {
    await #expect(processExitsWith: .failure) { _ = CanonicalJSON.number(.nan) }
    await #expect(processExitsWith: .failure) { _ = CanonicalJSON.number(.infinity) }
    await #expect(processExitsWith: .failure) { _ = CanonicalJSON.compact(.array([.double(-.infinity)])) }
  }
}
