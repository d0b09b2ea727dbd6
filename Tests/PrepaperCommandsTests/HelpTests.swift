import ArgumentParser
import Testing

@testable import PrepaperCommands

@Suite struct HelpTests {
  /// Every command by the words that call it.
  private static let commands = paths(to: PrepaperCommand.self, [])

  private static func paths(
    to command: any ParsableCommand.Type, _ words: [String]
  ) -> [(words: [String], abstract: String)] {
    let configuration = command.configuration
    let own = [(words, configuration.abstract)]
    return own
      + configuration.subcommands.flatMap { subcommand in
        paths(to: subcommand, words + [subcommand.configuration.commandName ?? "?"])
      }
  }

  @Test func `no command is forgotten`() {
    let names = Self.commands.map { $0.words.joined(separator: " ") }
    #expect(Set(names).count == names.count)
    #expect(!names.contains { $0.contains("?") })
    for name in ["submit", "worker", "queue prune", "bars import", "sources show", "strategies list", "promote"] {
      #expect(names.contains(name))
    }
    #expect(names.count == 34)
  }

  @Test(arguments: commands.map(\.words)) func `every command has help, and asking for it is no error`(words: [String])
  {
    let abstract = Self.commands.first { $0.words == words }?.abstract ?? ""
    let error = #expect(throws: (any Error).self) {
      var help = try PrepaperCommand.parseAsRoot(words + ["--help"])
      try help.run()
    }
    guard let error else { return }
    #expect(PrepaperCommand.exitCode(for: error) == .success)
    let help = PrepaperCommand.fullMessage(for: error)
    #expect(!abstract.isEmpty)
    // Lines are broken where the terminal ends.
    let flat = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flat.contains(abstract))
    #expect(flat.contains("USAGE: \((["prepaper"] + words).joined(separator: " "))"))
  }

  @Test(arguments: ["execute", "prove"]) func `the words between processes are no commands`(word: String) {
    let error = #expect(throws: (any Error).self) { _ = try PrepaperCommand.parseAsRoot([word]) }
    #expect(error.map { PrepaperCommand.exitCode(for: $0) } == .validationFailure)
    #expect(!PrepaperCommand.helpMessage().contains("  \(word) "))
  }
}
