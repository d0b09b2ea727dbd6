import ArgumentParser

/// `prepaper queue`: what an operator does with the queue as a whole.
struct QueueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "Look after the queue.",
    subcommands: [
      QueueStatsCommand.self, QueuePauseCommand.self, QueueResumeCommand.self, QueuePruneCommand.self,
      QueueCheckCommand.self,
    ])
}
