import ArgumentParser
import Glibc
import PrepaperApp

/// The whole program: reads the command line, runs the command, and turns what it throws into an exit code.
package enum Program {
  /// Does what the command line of this process says; where that fails, the process ends with the exit code.
  package static func run() async {
    restrictFileRights()
    // Dispatch asks for a priority that root alone may have, and complains to the system's log in every other process.
    unsafe setenv("LIBDISPATCH_LOG", "NO", 0)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let output = CommandOutput(isJSON: arguments.contains("--json"))
    do {
      // Nobody types these two: they are not worth the time of parsing a command line.
      if arguments == [OrderedAttempt.command] { return try await OrderedAttempt().run() }
      if arguments == [OrderedProof.command] { return try await OrderedProof().run() }
      if let help = ManualHelp(arguments) { return await help.show() }
      var command = try PrepaperCommand.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      output.end(with: error) { PrepaperCommand.exit(withError: error) }
    }
  }
}
