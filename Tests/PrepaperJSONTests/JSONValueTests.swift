import PrepaperJSON
import Testing

@Suite struct JSONValueTests {
  static let values: [JSONValue] = [
    .null, .bool(true), .integer(7), .double(7.5), .string("7"), .array([.integer(7)]), .object(["a": .integer(7)]),
  ]

  @Test func `two spellings of a character are two texts, wherever they stand`() {
    let (one, two) = (JSONValue.string("\u{E9}"), JSONValue.string("e\u{301}"))
    let wrapped: [(JSONValue) -> JSONValue] = [
      { $0 }, { .array([.null, $0]) }, { .object(["a": .array([.object(["b": $0])])]) },
    ]

    for wrap in wrapped {
      #expect(wrap(one).firstDifference(to: wrap(two)) != nil)
      #expect(wrap(one).firstDifference(to: wrap(one)) == nil)
      #expect(wrap(one).changes(to: wrap(two)).count == 1)
      #expect(wrap(one).changes(to: wrap(one)) == [])
    }
  }

  @Test func `each kind has its name`() {
    #expect(
      Self.values.map(\.kind) == ["null", "true or false", "a number", "a number", "text", "a list", "an object"])
  }

  @Test func `only an object has members`() {
    #expect(Self.values.map { $0["a"] } == [nil, nil, nil, nil, nil, nil, .integer(7)])
    #expect(JSONValue.object(["a": .null])["a"] == .null)
    #expect(JSONValue.object(["a": .null])["b"] == nil)
  }

  @Test func `only text is text`() {
    #expect(Self.values.map(\.stringValue) == [nil, nil, nil, nil, "7", nil, nil])
  }

  @Test func `every number is a double`() {
    #expect(Self.values.map(\.doubleValue) == [nil, nil, 7, 7.5, nil, nil, nil])
  }

  @Test(
    arguments: [
      (JSONValue.integer(14), 14), (.integer(.max), .max), (.double(14), 14), (.double(-14), -14), (.double(-0.0), 0),
      (.double(0x1p53), 9_007_199_254_740_992), (.double(-0x1p63), .min), (.double(14.5), nil), (.double(0x1p63), nil),
      (.double(.nan), nil), (.double(.infinity), nil), (.string("14"), nil), (.bool(true), nil), (.null, nil),
    ] as [(JSONValue, Int64?)])
  func `a double without a fraction is a whole number`(value: JSONValue, integer: Int64?) {
    #expect(value.integerValue == integer)
  }

  @Test func `whole numbers and doubles are kept apart`() {
    #expect(JSONValue.integer(150) != .double(150))
  }

  @Test func `members that are nil are dropped, null ones are not`() {
    let object = JSONValue.object(dropping: ["a": .integer(1), "b": nil, "c": .null])

    #expect(object == .object(["a": .integer(1), "c": .null]))
  }
}
