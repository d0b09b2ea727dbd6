import PrepaperJSON

/// A source of bars that is a program of the operator's, as its registration describes it.
///
///     {"kind": "exec", "command": ["/opt/bars/from-parquet"], "adjustment": "split", "settling_seconds": 900,
///      "limits": {"cpu_seconds": 60, "memory_mib": 512, "wall_seconds": 120}}
///
/// `kind` and `command` are required.
package struct ExecSourceRegistration: Sendable {
  /// The name of its file.
  package let name: String
  /// The absolute path of its file.
  package let file: String
  /// What is executed.
  package let command: ProgramCommand
  /// How much it may use, each time it is asked.
  package let limits: ProgramLimits
  /// How its prices are adjusted, `unknown` where it does not say.
  package let adjustment: String
  /// For how long after its end a bar may still change.
  package let settling: Duration

  /// Reads a registration.
  ///
  /// - Throws: `RegistrationError` where something is missing, unknown or of the wrong kind.
  package init(_ registration: RegistrationFile) throws(RegistrationError) {
    self = try registration.reading { json throws(JSONFault) in
      try ExecSourceRegistration(json, name: registration.name, file: registration.path)
    }
  }

  private init(_ json: JSONValue, name: String, file: String) throws(JSONFault) {
    let members = try JSONMembers(
      json, required: ["kind", "command"], optional: ["limits", "adjustment", "settling_seconds"],
      refusesNull: true)
    guard try members.text("kind") == "exec" else { throw members.fault("kind", "must be 'exec'") }
    self.name = name
    self.file = file
    command = try members.command()
    limits = try members.limits()
    adjustment = try members.optionalText("adjustment") ?? "unknown"
    settling = .seconds(try members.optionalInteger("settling_seconds", in: 0...31_536_000) ?? 0)
  }
}
