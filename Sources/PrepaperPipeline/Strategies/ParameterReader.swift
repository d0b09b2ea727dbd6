import PrepaperDomain
import PrepaperJSON

/// Reads a strategy's parameters one by one, with their defaults, and keeps what it was asked for.
struct ParameterReader {
  private let strategy: String
  private let members: JSONMembers
  /// Names that are given, accepted and read by nothing, sorted.
  let ignored: [String]
  /// Every parameter with its value, defaults included.
  private(set) var materialised: [String: JSONValue] = [:]
  /// What was asked for, in that order: name, default and known values.
  private(set) var declared: [ParameterDeclaration] = []

  /// The parameters that are given to a strategy, which has those that it gives a meaning.
  ///
  /// - Parameters:
  ///   - required: those that must be given.
  ///   - aliases: other names of some of them.
  /// - Throws: `RunError` with `params_invalid` for all that is missing, and all that is not known.
  init(
    _ given: [String: JSONValue], of strategy: (some BuiltInStrategy).Type, required: [String] = [],
    aliases: [String] = []
  ) throws(RunError) {
    self.strategy = strategy.strategyKey
    let known = Array(strategy.meanings.keys) + aliases
    let ignored = given.keys.filter { name in
      !known.contains(name) && strategy.accepted.contains { $0.matches(name) }
    }
    self.ignored = ignored.sorted(by: precedesByBytes)
    do throws(JSONFault) {
      members = try JSONMembers(
        .object(given.filter { !ignored.contains($0.key) }), at: "params", required: required,
        optional: known.filter { !required.contains($0) }, refusesNull: true)
    } catch {
      throw RunError(.paramsInvalid, "\(strategy.strategyKey): \(error)")
    }
  }

  /// A number in a range, or the default where it is not given.
  mutating func double(_ name: String, default value: Double, in range: ClosedRange<Double>) throws(RunError) -> Double
  {
    declare(name, default: .double(value), "\(range.lowerBound)…\(range.upperBound)")
    let number = try read { members throws(JSONFault) in try members.optionalNumber(name, in: range) } ?? value
    materialised[name] = .double(number)
    return number
  }

  /// A whole number in a range; without a default it is required.
  mutating func integer(_ name: String, default value: Int? = nil, in range: ClosedRange<Int>) throws(RunError) -> Int {
    declare(name, default: value.map { .integer(Int64($0)) }, "\(range.lowerBound)…\(range.upperBound), whole")
    let number = try read { members throws(JSONFault) in
      if let value, !members.has(name) { value } else { try members.integer(name, in: range) }
    }
    materialised[name] = .integer(Int64(number))
    return number
  }

  /// One of an enumeration's texts; without a default it is required.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default value: Choice? = nil
  ) throws(RunError) -> Choice where Choice.RawValue == String {
    declare(
      name, default: value.map { .string($0.rawValue) }, Choice.allCases.map(\.rawValue).joined(separator: ", "))
    let choice = try read { members throws(JSONFault) in
      if let value, !members.has(name) { value } else { try members.choice(name, of: Choice.self) }
    }
    materialised[name] = .string(choice.rawValue)
    return choice
  }

  /// A text, or the default where it is not given.
  mutating func string(_ name: String, default value: String) throws(RunError) -> String {
    declare(name, default: .string(value), "text")
    let text = try read { members throws(JSONFault) in try members.optionalText(name, allowsEmpty: true) } ?? value
    materialised[name] = .string(text)
    return text
  }

  /// A list of texts under a name or its alias, or the default where neither is given.
  mutating func strings(_ name: String, alias: String, default value: [String]) throws(RunError) -> [String] {
    declare(name, alias: alias, default: .array(value.map(JSONValue.string)), "list of texts")
    if members.has(name), members.has(alias) { throw invalid(alias, "is the same as \(name): give one of them") }
    let given = givenName(name, alias: alias)
    let texts = try read { members throws(JSONFault) in try members.optionalTexts(given, allowsEmpty: true) } ?? value
    materialised[name] = .array(texts.map(JSONValue.string))
    return texts
  }

  /// Two numbers in a range, the lower one first, as `[0.01, 0.1]` or `{"min": 0.01, "max": 0.1}`.
  mutating func bounds(
    _ name: String, default value: ClosedRange<Double>, in range: ClosedRange<Double>
  ) throws(RunError) -> ClosedRange<Double> {
    declare(name, default: value.json, "lower and upper bound, \(range.lowerBound)…\(range.upperBound)")
    let forms = "[LOWER, UPPER] or {\"min\": LOWER, \"max\": UPPER}"
    let pair = try read { members throws(JSONFault) in try members.optionalValue(name, forms) { $0.pair } }
    var bounds = value
    if let (low, high) = pair {
      guard range.contains(low), range.contains(high), low <= high else {
        throw invalid(
          name, "must be a lower and an upper bound in \(range.lowerBound)…\(range.upperBound), is \(low), \(high)")
      }
      bounds = low...high
    }
    materialised[name] = bounds.json
    return bounds
  }

  /// A list of symbols, ascending and each once, or nil where it is not given or null, as manifests have it.
  mutating func symbols(_ name: String) throws(RunError) -> [Symbol]? {
    declare(name, default: .null, "list of symbols, or null")
    let given = try read { members throws(JSONFault) in
      members[name] == .null ? nil : try members.optionalSymbols(name)
    }
    guard let given else {
      materialised[name] = .null
      return nil
    }
    guard !given.isEmpty else { throw invalid(name, "must have at least one symbol; leave it out for all of them") }
    let symbols = Set(given).sorted()
    materialised[name] = .array(symbols.map { .string($0.description) })
    return symbols
  }

  /// The one of a parameter's two names that is given, the first where neither is.
  func givenName(_ name: String, alias: String) -> String {
    !members.has(name) && members.has(alias) ? alias : name
  }

  /// Refuses a parameter that is given although nothing reads it.
  func refuse(_ name: String, because reason: String) throws(RunError) {
    if members.has(name) { throw invalid(name, "has no effect: \(reason); leave it out") }
  }

  /// The error of a parameter, with its name.
  func invalid(_ name: String, _ problem: String) -> RunError { error(members.fault(name, problem)) }

  private func error(_ fault: JSONFault) -> RunError { RunError(.paramsInvalid, "\(strategy): \(fault)") }

  private func read<Value>(_ read: (JSONMembers) throws(JSONFault) -> Value) throws(RunError) -> Value {
    do throws(JSONFault) { return try read(members) } catch { throw self.error(error) }
  }

  private mutating func declare(
    _ name: String, alias: String? = nil, default value: JSONValue?, _ values: String
  ) {
    declared.append(ParameterDeclaration(name: name, alias: alias, defaultValue: value, values: values))
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
