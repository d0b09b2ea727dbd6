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
    self = try registration.reading { json throws(JSONFault) in
      try StrategyRegistration(json, name: registration.name, file: registration.path)
    }
  }

  private init(_ json: JSONValue, name: String, file: String) throws(JSONFault) {
    let members = try JSONMembers(
      json, required: ["command", "version", "warmup_bars"],
      optional: ["timeframes", "features", "parameters", "limits"], refusesNull: true)
    self.name = name
    self.file = file
    command = try members.command()
    version = try members.text("version")
    let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
    let timeframes = try members.optionalValues("timeframes", "one of \(known)") { value in
      value.stringValue.flatMap { Timeframe(parsing: $0) }
    }
    self.timeframes = (timeframes ?? Timeframe.allCases).once
    guard !self.timeframes.isEmpty else { throw members.fault("timeframes", "must name at least one") }
    warmUpBars = try members.integer("warmup_bars", in: 0...1_000_000)
    let features = try members.optionalValues("features", "a feature like atr(14)") { value in
      value.stringValue.flatMap { Feature(parsing: $0) }
    }
    self.features = (features ?? []).once
    parameters = try Self.parameters(members)
    limits = try members.limits()
  }

  private static func parameters(_ members: JSONMembers) throws(JSONFault) -> [String: Parameter] {
    var parameters: [String: Parameter] = [:]
    guard members.has("parameters") else { return parameters }
    for (name, value) in try members.entries("parameters") {
      let entry = try JSONMembers(
        value, at: "\(members.place(of: "parameters")).\(name)", optional: ["default", "description"],
        refusesNull: true)
      // Null is a default of its own: the parameter need not be given, and has no value then.
      parameters[name] = Parameter(
        defaultValue: entry["default"], description: try entry.optionalText("description", allowsEmpty: true) ?? "")
    }
    return parameters
  }

  /// The parameters of a run: those that are given, and the defaults of the others.
  ///
  /// A parameter is of the kind of its default: a number, text, true or false, a list, an object.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter.
  package func materialised(_ given: [String: JSONValue]) throws(RunError) -> [String: JSONValue] {
    do throws(JSONFault) {
      let required = parameters.filter { $0.value.defaultValue == nil }.keys.sorted(by: precedesByBytes)
      let members = try JSONMembers(
        .object(given), at: "params", required: required,
        optional: parameters.keys.filter { !required.contains($0) }, refusesNull: true)
      var all: [String: JSONValue] = [:]
      for (name, parameter) in parameters.sorted(by: { precedesByBytes($0.key, $1.key) }) {
        let value = members[name] ?? parameter.defaultValue ?? .null
        if let standard = parameter.defaultValue, standard != .null, standard.kind != value.kind {
          throw members.fault(name, "must be \(standard.kind), is \(value.kind)")
        }
        all[name] = value
      }
      return all
    } catch {
      throw RunError(.paramsInvalid, "\(name): \(error)")
    }
  }
}

extension Array where Element: Hashable {
  /// The elements in their order, each once.
  fileprivate var once: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
