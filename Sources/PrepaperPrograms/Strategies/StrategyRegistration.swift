package import PrepaperDomain
package import PrepaperJSON

/// A strategy that is a program of the operator's, as its registration describes it.
///
///     {"command": ["/usr/bin/python3", "/opt/strategies/cross.py"], "version": "1.2", "timeframes": ["M5"],
///      "warmup_bars": 100, "features": ["atr(14)"],
///      "parameters": {"fast": {"default": 10, "description": "bars of the fast mean"}},
///      "limits": {"cpu_seconds": 60, "memory_mib": 512, "wall_seconds": 120}}
///
/// `command`, `version` and `warmup_bars` are required. Without `timeframes` it takes all of them.
package struct StrategyRegistration: Sendable {
  /// A parameter that it knows.
  package struct Parameter: Hashable, Sendable {
    /// Its value where it is not given, or nil where it has to be.
    package let defaultValue: JSONValue?
    /// What it is, for people.
    package let description: String
  }

  /// The name of its file, and its key in manifests and plans.
  package let name: String
  /// The absolute path of its file.
  package let file: String
  /// What is executed.
  package let command: ProgramCommand
  /// Its version, as the operator counts.
  package let version: String
  /// The timeframes that it can decide on.
  package let timeframes: [Timeframe]
  /// How many bars it must have seen before the first one it evaluates.
  package let warmUpBars: Int
  /// The features that it is given beside the bars.
  package let features: [Feature]
  /// Its parameters by name.
  package let parameters: [String: Parameter]
  /// How much it may use.
  package let limits: ProgramLimits

  /// Reads a registration.
  ///
  /// - Throws: `RegistrationError` where something is missing, unknown or of the wrong kind.
  package init(_ registration: RegistrationFile) throws(RegistrationError) {
    let members = try registration.members([
      "command", "version", "timeframes", "warmup_bars", "features", "parameters", "limits",
    ])
    name = registration.name
    file = registration.path
    command = try members.command()
    guard let version = try members.text("version") else { throw members.missing("version", "text, like \"1.0\"") }
    self.version = version
    var timeframes: [Timeframe] = []
    for (index, text) in (try members.texts("timeframes") ?? Timeframe.allCases.map(\.rawValue)).enumerated() {
      guard let timeframe = Timeframe(parsing: text) else {
        let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
        throw members.invalid("timeframes[\(index)]", "'\(text)' is none of \(known)")
      }
      if !timeframes.contains(timeframe) { timeframes.append(timeframe) }
    }
    guard !timeframes.isEmpty else { throw members.invalid("timeframes", "must name at least one") }
    self.timeframes = timeframes
    guard let bars = try members.integer("warmup_bars", in: 0...1_000_000) else {
      throw members.missing("warmup_bars", "how many bars it must have seen before the first one it evaluates")
    }
    warmUpBars = Int(bars)
    var features: [Feature] = []
    for (index, text) in (try members.texts("features") ?? []).enumerated() {
      guard let feature = Feature(parsing: text) else {
        throw members.invalid("features[\(index)]", "'\(text)' is not known; a feature is written like atr(14)")
      }
      if !features.contains(feature) { features.append(feature) }
    }
    self.features = features
    parameters = try Self.parameters(members)
    limits = try members.limits()
  }

  private static func parameters(_ members: RegistrationMembers) throws(RegistrationError) -> [String: Parameter] {
    guard let json = members["parameters"] else { return [:] }
    guard case .object(let entries) = json else { throw members.invalid("parameters", "must be an object", json) }
    var parameters: [String: Parameter] = [:]
    for (name, value) in entries {
      let entry = try RegistrationMembers(
        file: members.file, at: "parameters.\(name)", value, known: ["default", "description"])
      parameters[name] = Parameter(defaultValue: entry["default"], description: try entry.text("description") ?? "")
    }
    return parameters
  }

  /// The parameters of a run: those that are given, and the defaults of the others.
  ///
  /// A parameter is of the kind of its default: a number, text, true or false, a list, an object.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter.
  package func materialised(_ given: [String: JSONValue]) throws(RunError) -> [String: JSONValue] {
    let known = parameters.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in given.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let parameter = parameters[name] else {
        let names = known.isEmpty ? "it has none" : "known are: \(known.joined(separator: ", "))"
        throw invalid(name, "is not known; \(names)")
      }
      if let value = given[name], let standard = parameter.defaultValue, standard != .null,
        standard.kind != value.kind
      {
        throw invalid(name, "must be \(standard.kind), is \(value.kind)")
      }
    }
    var all: [String: JSONValue] = [:]
    for name in known {
      guard let value = given[name] ?? parameters[name]?.defaultValue else { throw invalid(name, "is required") }
      all[name] = value
    }
    return all
  }

  private func invalid(_ parameter: String, _ problem: String) -> RunError {
    RunError(.paramsInvalid, "\(name): parameter '\(parameter)' \(problem)")
  }
}
