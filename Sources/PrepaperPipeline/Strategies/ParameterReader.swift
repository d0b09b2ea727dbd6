import PrepaperDomain
import PrepaperJSON

/// Reads a strategy's parameters one by one, and knows at the end which were not read.
struct ParameterReader {
  private let strategy: String
  private let given: [String: JSONValue]
  private var known: Set<String> = []
  /// Every parameter with its value, defaults included.
  private(set) var materialised: [String: JSONValue] = [:]
  /// What was asked for, in that order: name, default and known values.
  private(set) var declared: [ParameterDeclaration] = []

  init(_ given: [String: JSONValue], strategy: String) {
    self.given = given
    self.strategy = strategy
  }

  /// A number in a range, or the default where it is not given.
  mutating func double(_ name: String, default value: Double, in range: ClosedRange<Double>) throws(RunError) -> Double
  {
    declare(name, default: .double(value), "\(range.lowerBound)…\(range.upperBound)")
    var number = value
    if let json = take(name) {
      guard let read = json.doubleValue else { throw invalid(name, "must be a number, is \(json.kind)") }
      guard range.contains(read) else {
        throw invalid(name, "must lie in \(range.lowerBound)…\(range.upperBound), is \(read)")
      }
      number = read
    }
    materialised[name] = .double(number)
    return number
  }

  /// A whole number in a range; without a default it is required.
  mutating func integer(_ name: String, default value: Int? = nil, in range: ClosedRange<Int>) throws(RunError) -> Int {
    declare(
      name, default: value.map { .integer(Int64($0)) }, "\(range.lowerBound)…\(range.upperBound), whole")
    var number = value
    if let json = take(name) {
      guard let read = json.integerValue else {
        throw invalid(name, "must be a whole number, is \(json.doubleValue.map(\.description) ?? json.kind)")
      }
      guard let small = Int(exactly: read), range.contains(small) else {
        throw invalid(name, "must lie in \(range.lowerBound)…\(range.upperBound), is \(read)")
      }
      number = small
    }
    guard let number else { throw invalid(name, "is required") }
    materialised[name] = .integer(Int64(number))
    return number
  }

  /// One of an enumeration's texts; without a default it is required.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default value: Choice? = nil
  ) throws(RunError) -> Choice where Choice.RawValue == String {
    let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    declare(name, default: value.map { .string($0.rawValue) }, choices)
    var choice = value
    if let json = take(name) {
      guard let read = json.stringValue.flatMap(Choice.init(rawValue:)) else {
        throw invalid(name, "must be one of \(choices), is \(json.stringValue ?? json.kind)")
      }
      choice = read
    }
    guard let choice else { throw invalid(name, "is required: one of \(choices)") }
    materialised[name] = .string(choice.rawValue)
    return choice
  }

  /// A text, or the default where it is not given.
  mutating func string(_ name: String, default value: String) throws(RunError) -> String {
    declare(name, default: .string(value), "text")
    var text = value
    if let json = take(name) {
      guard let read = json.stringValue else { throw invalid(name, "must be text, is \(json.kind)") }
      text = read
    }
    materialised[name] = .string(text)
    return text
  }

  /// A list of texts under a name or its alias, or the default where neither is given.
  mutating func strings(_ name: String, alias: String, default value: [String]) throws(RunError) -> [String] {
    declare(name, alias: alias, default: .array(value.map(JSONValue.string)), "list of texts")
    let (main, other) = (take(name), take(alias))
    if main != nil, other != nil { throw invalid(alias, "is the same as \(name): give one of them") }
    var texts = value
    if let json = main ?? other {
      let given = givenName(name, alias: alias)
      guard case .array(let items) = json else { throw invalid(given, "must be a list of texts, is \(json.kind)") }
      texts = []
      for item in items {
        guard let text = item.stringValue else { throw invalid(given, "must be a list of texts, has \(item.kind)") }
        texts.append(text)
      }
    }
    materialised[name] = .array(texts.map(JSONValue.string))
    return texts
  }

  /// Two numbers in a range, the lower one first, as `[0.01, 0.1]` or `{"min": 0.01, "max": 0.1}`.
  mutating func bounds(
    _ name: String, default value: ClosedRange<Double>, in range: ClosedRange<Double>
  ) throws(RunError) -> ClosedRange<Double> {
    declare(name, default: value.json, "lower and upper bound, \(range.lowerBound)…\(range.upperBound)")
    var bounds = value
    if let json = take(name) {
      guard let (low, high) = json.pair else {
        throw invalid(name, "must be [LOWER, UPPER] or {\"min\": LOWER, \"max\": UPPER}, is \(json.kind)")
      }
      guard range.contains(low), range.contains(high), low <= high else {
        throw invalid(
          name, "must be a lower and an upper bound in \(range.lowerBound)…\(range.upperBound), is \(low), \(high)")
      }
      bounds = low...high
    }
    materialised[name] = bounds.json
    return bounds
  }

  /// A list of symbols, or nil where it is not given or null.
  mutating func symbols(_ name: String) throws(RunError) -> [Symbol]? {
    declare(name, default: .null, "list of symbols, or null")
    guard let json = take(name), json != .null else {
      materialised[name] = .null
      return nil
    }
    guard case .array(let items) = json else { throw invalid(name, "must be a list of symbols, is \(json.kind)") }
    var symbols: Set<Symbol> = []
    for item in items {
      guard let symbol = item.stringValue.flatMap(Symbol.init) else {
        throw invalid(name, "must be a list of symbols, has \(item.stringValue.map { "'\($0)'" } ?? item.kind)")
      }
      symbols.insert(symbol)
    }
    guard !symbols.isEmpty else { throw invalid(name, "must have at least one symbol; leave it out for all of them") }
    materialised[name] = .array(symbols.sorted().map { .string($0.description) })
    return symbols.sorted()
  }

  /// The one of a parameter's two names that is given, the first where neither is.
  func givenName(_ name: String, alias: String) -> String {
    given[name] == nil && given[alias] != nil ? alias : name
  }

  /// Refuses a parameter that is given although nothing reads it.
  mutating func refuse(_ name: String, because reason: String) throws(RunError) {
    if take(name) != nil { throw invalid(name, "has no effect: \(reason); leave it out") }
  }

  /// Ends the reading: what is left must be among the names that are accepted and ignored.
  ///
  /// An accepted name that ends in `*` stands for all that begin so. Returns the ignored names, sorted.
  func finish(accepting accepted: [String]) throws(RunError) -> [String] {
    let left = given.keys.filter { !known.contains($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in left where !accepted.contains(where: { $0.matches(name) }) {
      let names = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ", ")
      throw invalid(name, "is not known; known are: \(names)")
    }
    return left
  }

  /// The error of a parameter, with its name.
  func invalid(_ name: String, _ problem: String) -> RunError {
    RunError(.paramsInvalid, "\(strategy): parameter '\(name)' \(problem)")
  }

  private mutating func declare(
    _ name: String, alias: String? = nil, default value: JSONValue?, _ values: String
  ) {
    declared.append(ParameterDeclaration(name: name, alias: alias, defaultValue: value, values: values))
  }

  private mutating func take(_ name: String) -> JSONValue? {
    known.insert(name)
    return given[name]
  }
}

extension String {
  /// Whether a name is this one, or begins as this one does before its `*`.
  fileprivate func matches(_ name: String) -> Bool {
    hasSuffix("*") ? name.hasPrefix(dropLast()) : self == name
  }
}

extension ClosedRange<Double> {
  fileprivate var json: JSONValue { .object(["min": .double(lowerBound), "max": .double(upperBound)]) }
}

extension JSONValue {
  /// Two numbers, of a list of two or an object of `min` and `max`.
  fileprivate var pair: (Double, Double)? {
    switch self {
    case .array(let items):
      guard items.count == 2, let low = items[0].doubleValue, let high = items[1].doubleValue else { return nil }
      return (low, high)
    case .object(let members):
      guard members.count == 2, let low = self["min"]?.doubleValue, let high = self["max"]?.doubleValue else {
        return nil
      }
      return (low, high)
    default: return nil
    }
  }
}
