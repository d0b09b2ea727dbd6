import PrepaperJSON
import Testing

@Suite struct JSONMembersTests {
  enum Fruit: String, CaseIterable { case apple, pear }

  /// What a reading fails with; nil where it does not.
  private func fault(_ text: String, _ read: (JSONValue) throws -> Void) throws -> String? {
    let document = try JSONParser.parse(Array(text.utf8))
    do {
      try read(document)
      return nil
    } catch let fault as JSONFault {
      return fault.description
    }
  }

  @Test(
    arguments: [
      (#"[]"#, "must be an object, is a list"), (#"{"a": 1}"#, "b and c are missing"),
      (#"{"a": 1, "b": null}"#, "b and c are missing"), (#"{}"#, "a, b and c are missing"),
      (#"{"a": 1, "c": 2}"#, "b is missing"),
      (#"{"a": 1, "b": 2, "c": 3, "e": 4}"#, "'e' is not known; known are: a, b, c, d"),
      (#"{"a": 1, "b": 2, "c": 3, "f": 4, "e": null}"#, "'e' and 'f' are not known; known are: a, b, c, d"),
      (#"{"b": 1, "cc": 2, "d": 3}"#, "a and c are missing; 'cc' is not known; known are: a, b, c, d"),
      (#"{"a": 1, "b": 2, "c": 3, "d\u001b[2J": 4}"#, #"'d\u{1b}[2J' is not known; known are: a, b, c, d"#),
      (#"{"a": 1, "b": 2, "c": 3, "d": null}"#, nil), (#"{"a": 1, "b": 2, "c": 3}"#, nil),
    ] as [(String, String?)])
  func `all that is missing and all that is not known is told at once`(text: String, words: String?) throws {
    let found = try fault(text) { _ = try JSONMembers($0, required: ["a", "b", "c"], optional: ["d"]) }
    #expect(found == words)
  }

  @Test(
    arguments: [
      (#"{"a": null, "o": {"t": "x"}}"#, "a must be text, is null"),
      (#"{"a": "x", "o": null}"#, "o must be an object, is null"),
      (#"{"a": "x", "o": {"t": null}}"#, "o.t must be text, is null"), (#"{"a": "x", "o": {}}"#, nil),
    ] as [(String, String?)])
  func `null is a value of the wrong kind where it is refused, also within`(text: String, words: String?) throws {
    let found = try fault(text) { document in
      let members = try JSONMembers(document, required: ["a", "o"], refusesNull: true)
      _ = try members.only(required: ["a", "o"]).text("a")
      _ = try members.object("o", optional: ["t"]).optionalText("t")
    }
    #expect(found == words)
  }

  @Test func `very many unknown names are counted`() throws {
    let text = "{\((10..<40).map { "\"k\($0)\": 0" }.joined(separator: ", "))}"
    let found = try #require(try fault(text) { _ = try JSONMembers($0) })
    #expect(found.hasPrefix("'k10', 'k11', "))
    #expect(found.hasSuffix("'k28' and 11 others are not known; it has no members"))
  }

  @Test(
    arguments: [
      (#"{"o": {}}"#, "o.a and o.b are missing"), (#"{"o": {"b": 1}}"#, "o.a is missing"),
      (#"{"o": 1}"#, "o must be an object, is a number"), (#"{}"#, "o is missing"),
      (#"{"o": {"a": 1, "b": 1, "x": 1}}"#, "'x' in o is not known; known are: a, b, c"),
      (#"{"o": {"a": 1, "b": 1, "c": {"x": 1}}}"#, "o.c.t is missing; 'x' in o.c is not known; known are: t"),
      (#"{"o": {"a": 1, "b": 1, "c": {"t": 1}}}"#, "o.c.t must be text, is a number"),
      (#"{"o": {"a": 1, "b": 1, "c": null}}"#, nil), (#"{"o": {"a": 1, "b": 1, "c": {"t": "x"}}}"#, nil),
    ] as [(String, String?)])
  func `a nested place is told as a whole`(text: String, words: String?) throws {
    let found = try fault(text) {
      let object = try JSONMembers($0, optional: ["o"]).object("o", required: ["a", "b"], optional: ["c"])
      _ = try object.optionalObject("c", required: ["t"])?.text("t")
    }
    #expect(found == words)
  }

  @Test(
    arguments: [
      (#"{"a": {"x": 1}, "s": 1, "more": 2}"#, "a.b.c and t.u are missing"),
      (#"{"a": {"b": null}}"#, "a.b.c, s and t.u are missing"),
      (#"{"a": {"b": [1]}}"#, "a.b must be an object, is a list"),
      (#"{"a": {"b": {"c": "1"}}, "s": 1, "t": {"u": null}}"#, "t.u is missing"),
      (#"{"a": {"b": {"c": "1"}}, "s": 1, "t": {"u": 1}, "v": "text"}"#, "v must be an object, is text"),
      (#"{"a": {"b": {"c": 5}}, "s": 1, "t": {"u": 1}}"#, "a.b.c must be text, is a number"),
      (#"{"a": {"b": {"c": "1"}}, "s": 1, "t": {"u": 1}, "v": {"w": ""}}"#, "v.w must not be empty"),
      (#"{"a": {"b": {"c": "1"}, "more": 1}, "s": 1, "t": {"u": 1, "more": {}}, "v": {}}"#, nil),
    ] as [(String, String?)])
  func `an open object lets others pass and a dot leads into its objects`(text: String, words: String?) throws {
    let found = try fault(text) {
      let members = try JSONMembers($0, required: ["a.b.c", "s", "t.u"], optional: ["v.w"], isOpen: true)
      #expect(try members.text("a.b.c") == "1")
      #expect(try members.optionalText("v.w") == nil)
      #expect(!members.has("v.w"))
    }
    #expect(found == words)
  }

  @Test func `an open object is read closed once its kind is known`() throws {
    let found = try fault(#"{"kind": "x", "b": 1}"#) {
      let open = try JSONMembers($0, at: "paging", required: ["kind"], isOpen: true)
      #expect(try open.text("kind") == "x")
      _ = try open.only(required: ["kind", "a"], optional: ["c"])
    }
    #expect(found == "paging.a is missing; 'b' in paging is not known; known are: a, c, kind")
  }

  @Test(
    arguments: [
      ("\"x\"", nil), ("\"\"", "m must not be empty"), ("5", "m must be text, is a number"), ("null", "m is missing"),
      ("true", "m must be text, is true or false"),
    ] as [(String, String?)])
  func `a text is not empty`(value: String, words: String?) throws {
    #expect(try fault("{\"m\": \(value)}") { _ = try JSONMembers($0, optional: ["m"]).text("m") } == words)
  }

  @Test func `an empty text passes where that is said`() throws {
    let members = try JSONMembers(.object(["m": .string(""), "n": .string("x")]), optional: ["m", "n", "o"])
    #expect(try members.optionalText("m", allowsEmpty: true) == "")
    #expect(throws: JSONFault(at: "m", "must not be empty")) { try members.optionalText("m") }
    #expect(try members.optionalText("n") == "x")
    #expect(try members.optionalText("o") == nil)
  }

  @Test(
    arguments: [
      ("10", 10, nil), ("14.0", 14, nil), ("20", 20, nil), ("9", nil, "m must lie in 10…20, is 9"),
      ("21", nil, "m must lie in 10…20, is 21"), ("14.5", nil, "m must be a whole number, is 14.5"),
      ("\"14\"", nil, "m must be a whole number, is text"), ("[]", nil, "m must be a whole number, is a list"),
    ] as [(String, Int?, String?)])
  func `a whole number lies in its range`(value: String, number: Int?, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, required: ["m"])
      #expect(try members.integer("m", in: 10...20) == number)
      #expect(try members.optionalInteger("m", in: 10...20) == number)
    }
    #expect(found == words)
  }

  @Test func `a range without an end is told by its beginning`() throws {
    let members = try JSONMembers(.object(["m": .integer(-1), "n": .integer(.max)]), required: ["m", "n"])
    #expect(throws: JSONFault(at: "m", "must be at least 0, is -1")) { try members.integer("m", in: 0 ... .max) }
    #expect(try members.integer("m") == -1)
    #expect(try members.integer("n", in: 0 ... .max) == .max)
  }

  @Test(
    arguments: [
      ("0", 0, nil), ("0.5", 0.5, nil), ("1", 1, nil), ("1.5", nil, "m must lie in 0.0…1.0, is 1.5"),
      ("-0.1", nil, "m must lie in 0.0…1.0, is -0.1"), ("\"1\"", nil, "m must be a number, is text"),
    ] as [(String, Double?, String?)])
  func `a number lies in its range`(value: String, number: Double?, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, required: ["m"])
      #expect(try members.number("m", in: 0...1) == number)
      #expect(try members.optionalNumber("m", in: 0...1) == number)
    }
    #expect(found == words)
  }

  @Test(
    arguments: [
      ("true", nil), ("1", "m must be true or false, is a number"), ("\"true\"", "m must be true or false, is text"),
    ] as [(String, String?)])
  func `a flag is true or false`(value: String, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, required: ["m"], optional: ["n"])
      #expect(try members.flag("m"))
      #expect(try members.optionalFlag("m") == true)
      #expect(try members.optionalFlag("n") == nil)
    }
    #expect(found == words)
  }

  @Test(
    arguments: [
      ("\"pear\"", nil), ("\"plum\"", "m must be one of apple, pear, is 'plum'"),
      ("3", "m must be one of apple, pear, is a number"),
    ] as [(String, String?)])
  func `a choice is one of its texts`(value: String, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, required: ["m"], optional: ["n"])
      #expect(try members.choice("m", of: Fruit.self) == .pear)
      #expect(try members.optionalChoice("n", of: Fruit.self) == nil)
    }
    #expect(found == words)
  }

  @Test(
    arguments: [
      ("\"12\"", nil), ("\"a\\n\"", #"m must be a count, is 'a\u{a}'"#), ("12", "m must be a count, is 12"),
      ("1.50", "m must be a count, is 1.5"), ("false", "m must be a count, is false"),
      ("{}", "m must be a count, is an object"),
    ] as [(String, String?)])
  func `what a parser refuses is shown`(value: String, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, required: ["m"], optional: ["n"])
      #expect(try members.parsed("m", "a count") { Int($0) } == 12)
      #expect(try members.optionalParsed("n", "a count") { Int($0) } == nil)
    }
    #expect(found == words)
  }

  @Test func `a long text is shown in part`() throws {
    let text = String(repeating: "x", count: 41)
    let found = try fault("{\"m\": \"\(text)\"}") {
      _ = try JSONMembers($0, required: ["m"]).parsed("m", "a count") { Int($0) }
    }
    #expect(found == "m must be a count, is '\(text.dropLast())…'")
  }

  @Test(
    arguments: [
      (#"["a", "b"]"#, nil), (#"["a", ""]"#, "m[1] must not be empty"),
      (#"["a", "b", 5]"#, "m[2] must be text, is a number"),
      (#""a""#, "m must be a list, is text"), (#"["a", null]"#, "m[1] must be text, is null"),
    ] as [(String, String?)])
  func `a list names the place of its item`(value: String, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, required: ["m"], optional: ["n"])
      #expect(try members.texts("m") == ["a", "b"])
      #expect(try members.optionalTexts("n") == nil)
    }
    #expect(found == words)
  }

  @Test func `empty texts pass in a list where that is said`() throws {
    let members = try JSONMembers(.object(["m": .array([.string("")])]), required: ["m"])
    #expect(try members.texts("m", allowsEmpty: true) == [""])
  }

  @Test(
    arguments: [
      ("[1, 2]", nil), ("[1, -2]", "o.m[1] must be a number above zero, is -2"),
      (#"["1"]"#, "o.m[0] must be a number above zero, is '1'"), ("7", "o.m must be a list, is a number"),
    ] as [(String, String?)])
  func `a list of values names the place of its item`(value: String, words: String?) throws {
    let found = try fault("{\"m\": \(value)}") {
      let members = try JSONMembers($0, at: "o", required: ["m"], optional: ["n"])
      let above = { (value: JSONValue) in value.doubleValue.flatMap { $0 > 0 ? $0 : nil } }
      #expect(try members.values("m", "a number above zero", above) == [1, 2])
      #expect(try members.optionalValues("n", "a number above zero", above) == nil)
    }
    #expect(found == words)
  }

  @Test func `objects in a list have their place`() throws {
    let found = try fault(#"{"auth": [{"a": 1}, {"b": 1}]}"#) {
      for item in try JSONMembers($0, required: ["auth"]).list("auth") {
        _ = try JSONMembers(item.value, at: item.place, required: ["a"])
      }
    }
    #expect(found == "auth[1].a is missing; 'b' in auth[1] is not known; known are: a")
  }

  @Test func `members of any name are read in the order of their bytes`() throws {
    let document = JSONValue.object(["m": .object(["b.c": .string("1"), "B": .string("2"), "a": .string("3")])])
    let members = try JSONMembers(document, required: ["m"])
    #expect(try members.entries("m").map(\.name) == ["B", "a", "b.c"])
    #expect(try members.textsByName("m") == ["b.c": "1", "B": "2", "a": "3"])
    let wrong = try JSONMembers(.object(["m": .object(["x": .integer(5)])]), required: ["m"])
    #expect(throws: JSONFault(at: "m.x", "must be text, is a number")) { try wrong.textsByName("m") }
  }

  @Test func `a closed object takes a dot as a letter`() throws {
    let members = try JSONMembers(.object(["a.b": .integer(1)]), required: ["a.b"])
    #expect(try members.integer("a.b") == 1)
    #expect(throws: JSONFault(at: "a.b", "is missing")) {
      try JSONMembers(.object(["a": .object(["b": .integer(1)])]), required: ["a.b"], optional: ["a"])
    }
  }
}
