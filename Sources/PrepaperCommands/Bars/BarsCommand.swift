import ArgumentParser

/// `prepaper bars`: what an operator does with bars in a store.
struct BarsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bars",
    abstract: "Look after bars in a store, a SQLite file that runs read with BARS_SOURCE=sqlite:FILE.",
    subcommands: [BarsImportCommand.self, BarsListCommand.self, BarsCheckCommand.self, BarsGapsCommand.self])
}
