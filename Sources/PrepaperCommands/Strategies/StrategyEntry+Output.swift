import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperPrograms

extension StrategyEntry {
  static let headings = ["STRATEGY", "ALIAS", "FROM", "TIMEFRAMES", "WARM-UP", "PARAMETERS"]

  /// The strategy as a line of a table.
  var row: [String] {
    [
      key, alias ?? "-", registration == nil ? "prepaper" : "operator", timeframesText,
      "\(warmUpBars)", "\(parameters.count)",
    ]
  }

  /// The strategy on many lines.
  var text: String {
    var table = Table([])
    table.add(["strategy", key])
    if let alias { table.add(["alias", alias]) }
    if let registration {
      table.add(["version", registration.version])
      table.add(["registered", registration.file])
      table.add(["command", ([registration.command.path] + registration.command.arguments).joined(separator: " ")])
      let limits = registration.limits
      table.add([
        "limits",
        "\(limits.cpu.components.seconds) s of CPU time, \(limits.memoryMiB) MiB, \(limits.wall.components.seconds) s",
      ])
    }
    table.add(["timeframes", timeframesText])
    table.add(["warm-up", "\(warmUpBars) bars"])
    if !features.isEmpty { table.add(["features", features.map(\.description).joined(separator: ", ")]) }
    if !accepted.isEmpty { table.add(["ignored", accepted.joined(separator: ", ")]) }
    guard !parameters.isEmpty else { return table.text }
    var list = Table(["PARAMETER", "DEFAULT", "VALUES", "MEANING"])
    for parameter in parameters {
      list.add([
        parameter.alias.map { "\(parameter.name) (\($0))" } ?? parameter.name,
        parameter.defaultValue.map { CanonicalJSON.compactText($0) } ?? "required", parameter.values ?? "-",
        parameter.description,
      ])
    }
    return table.text + "\n\n" + list.text
  }

  /// The strategy as `--json` shows it.
  var json: JSONValue {
    .object(dropping: [
      "key": .string(key),
      "alias": alias.map(JSONValue.string),
      "kind": .string(registration == nil ? "built_in" : "registered"),
      "version": registration.map { .string($0.version) },
      "file": registration.map { .string($0.file) },
      "command": registration.map { registration in
        .array(([registration.command.path] + registration.command.arguments).map(JSONValue.string))
      },
      "limits": registration.map { registration in
        .object([
          "cpu_seconds": .integer(registration.limits.cpu.components.seconds),
          "memory_mib": .integer(Int64(registration.limits.memoryMiB)),
          "wall_seconds": .integer(registration.limits.wall.components.seconds),
        ])
      },
      "timeframes": .array(timeframes.map { .string($0.rawValue) }),
      "warmup_bars": .integer(Int64(warmUpBars)),
      "features": .array(features.map { .string($0.description) }),
      "parameters": .array(parameters.map(\.json)),
      "ignored_parameters": accepted.isEmpty ? nil : .array(accepted.map(JSONValue.string)),
    ])
  }

  private var timeframesText: String { timeframes.map(\.rawValue).joined(separator: ",") }
}

extension StrategyEntry.Parameter {
  fileprivate var json: JSONValue {
    .object(dropping: [
      "name": .string(name), "alias": alias.map(JSONValue.string), "default": defaultValue ?? .null,
      "required": .bool(defaultValue == nil), "values": values.map(JSONValue.string),
      "description": .string(description),
    ])
  }
}
