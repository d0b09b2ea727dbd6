import ArgumentParser

/// `prepaper sources`: where bars may come from.
struct SourcesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Show the sources of bars that have a name.",
    discussion: """
      Some come with prepaper: descriptors of vendors' HTTP interfaces. Others are the operator's, as NAME.json in \
      /etc/prepaper/sources.d or ~/.config/prepaper/sources.d; one of these goes before one of the same name that \
      comes with prepaper. Bars of files need no description: csv:DIR and sqlite:FILE.
      """,
    subcommands: [SourcesListCommand.self, SourcesShowCommand.self],
    defaultSubcommand: SourcesListCommand.self)
}
