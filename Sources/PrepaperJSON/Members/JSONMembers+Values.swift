extension JSONMembers {
  /// A text that is not empty.
  package func text(_ name: String) throws(JSONFault) -> String {
    try text(value(name), at: place(of: name), allowsEmpty: false)
  }

  /// A text, which may be empty only where that is said; nil where it is not given.
  package func optionalText(_ name: String, allowsEmpty: Bool = false) throws(JSONFault) -> String? {
    guard let value = self[name] else { return nil }
    return try text(value, at: place(of: name), allowsEmpty: allowsEmpty)
  }

  /// True or false.
  package func flag(_ name: String) throws(JSONFault) -> Bool {
    let value = try value(name)
    guard case .bool(let isSet) = value else { throw fault(name, "must be true or false, is \(value.kind)") }
    return isSet
  }

  /// True or false; nil where it is not given.
  package func optionalFlag(_ name: String) throws(JSONFault) -> Bool? {
    has(name) ? try flag(name) : nil
  }

  /// A whole number in a range; `14.0` is one.
  package func integer(_ name: String, in range: ClosedRange<Int> = .min ... .max) throws(JSONFault) -> Int {
    let value = try value(name)
    guard let number = value.integerValue else {
      throw fault(name, "must be a whole number, is \(value.doubleValue == nil ? value.kind : value.shown)")
    }
    guard let number = Int(exactly: number), range.contains(number) else {
      let wanted = range.upperBound == .max ? "be at least \(range.lowerBound)" : range.words
      throw fault(name, "must \(wanted), is \(number)")
    }
    return number
  }

  /// A whole number in a range; nil where it is not given.
  package func optionalInteger(
    _ name: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(JSONFault) -> Int? {
    has(name) ? try integer(name, in: range) : nil
  }

  /// A number in a range.
  package func number(
    _ name: String, in range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
  ) throws(JSONFault) -> Double {
    let value = try value(name)
    guard let number = value.doubleValue else { throw fault(name, "must be a number, is \(value.kind)") }
    guard range.contains(number) else {
      throw fault(name, "must \(range.words), is \(number)")
    }
    return number
  }

  /// A number in a range; nil where it is not given.
  package func optionalNumber(
    _ name: String, in range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
  ) throws(JSONFault) -> Double? {
    has(name) ? try number(name, in: range) : nil
  }

  /// One of an enumeration's texts.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type = Choice.self
  ) throws(JSONFault) -> Choice where Choice.RawValue == String {
    let value = try value(name)
    guard let choice = value.stringValue.flatMap(Choice.init(rawValue:)) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(name, "must be one of \(choices), is \(value.stringValue == nil ? value.kind : value.shown)")
    }
    return choice
  }

  /// One of an enumeration's texts; nil where it is not given.
  package func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type = Choice.self
  ) throws(JSONFault) -> Choice? where Choice.RawValue == String {
    has(name) ? try choice(name, of: type) : nil
  }

  /// What a reader makes of a value.
  ///
  /// - Parameters:
  ///   - wanted: what it must be, in the words of a message: `a number above zero`.
  ///   - read: makes it, or gives nil where the value is none.
  package func value<Value>(
    _ name: String, _ wanted: String, _ read: (JSONValue) -> Value?
  ) throws(JSONFault) -> Value {
    let value = try value(name)
    guard let read = read(value) else { throw fault(name, "must be \(wanted), is \(value.shown)") }
    return read
  }

  /// What a reader makes of a value; nil where it is not given.
  package func optionalValue<Value>(
    _ name: String, _ wanted: String, _ read: (JSONValue) -> Value?
  ) throws(JSONFault) -> Value? {
    has(name) ? try value(name, wanted, read) : nil
  }

  /// What a parser makes of a text.
  package func parsed<Value>(
    _ name: String, _ wanted: String, _ parse: (String) -> Value?
  ) throws(JSONFault) -> Value {
    try value(name, wanted) { $0.stringValue.flatMap(parse) }
  }

  /// What a parser makes of a text; nil where it is not given.
  package func optionalParsed<Value>(
    _ name: String, _ wanted: String, _ parse: (String) -> Value?
  ) throws(JSONFault) -> Value? {
    has(name) ? try parsed(name, wanted, parse) : nil
  }

  func text(_ value: JSONValue, at place: String, allowsEmpty: Bool) throws(JSONFault) -> String {
    guard let text = value.stringValue else { throw JSONFault(at: place, "must be text, is \(value.kind)") }
    guard allowsEmpty || !text.isEmpty else { throw JSONFault(at: place, "must not be empty") }
    return text
  }
}

extension ClosedRange {
  /// The range after `must`.
  fileprivate var words: String { "lie in \(lowerBound)…\(upperBound)" }
}
