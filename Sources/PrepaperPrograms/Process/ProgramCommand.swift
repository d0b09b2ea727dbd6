/// A program and its arguments, as an operator registered them: no shell ever sees them.
package struct ProgramCommand: Hashable, Sendable {
  /// The absolute path of the program's file.
  package let path: String
  /// What it is given, one by one.
  package let arguments: [String]

  /// A command of these parts.
  package init(path: String, arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// The command with more arguments at its end.
  package func adding(_ more: [String]) -> ProgramCommand {
    ProgramCommand(path: path, arguments: arguments + more)
  }
}
