import ArgumentParser

/// `prepaper strategies`: which strategies a backtest may name.
struct StrategiesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies",
    abstract: "Show the strategies that there are.",
    discussion: """
      Some come with prepaper. Others are programs of the operator's, registered as NAME.json in \
      /etc/prepaper/strategies.d or ~/.config/prepaper/strategies.d.
      """,
    subcommands: [StrategiesListCommand.self, StrategiesShowCommand.self],
    defaultSubcommand: StrategiesListCommand.self)
}
