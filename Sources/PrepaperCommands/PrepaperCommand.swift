import ArgumentParser
import PrepaperApp

/// `prepaper`: all commands, grouped by what they are for.
struct PrepaperCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepaper",
    abstract: "Runs a backtested strategy on bars it has not seen, before it gets paper or real money.",
    discussion: """
      A run starts from an approved backtest, checks that there is enough history, executes the strategy, writes its \
      signals to a shared store and leaves a plan and a manifest that are the same, byte for byte, whenever it is run \
      again. It proves that it comes out the same again and that no signal saw the future. No order is ever sent to a \
      broker.

      Runs are jobs: 'submit' queues one, 'worker' executes, 'status' tells how it went. 'run' does it here and now. \
      Begin with 'doctor': it shows the settings in force, looks at everything that a run needs, and says what to do.

      Every command takes --json for scripts, and has a page: man prepaper-submit. man prepaper.env explains the settings. \
      'prepaper help TOPIC' shows the manual: \(ManualTopic.all.map(\.name).joined(separator: ", ")).
      """,
    version: generatorVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Runs",
        subcommands: [
          SubmitCommand.self, StatusCommand.self, WaitCommand.self, LogsCommand.self, ListCommand.self,
          CancelCommand.self, RetryCommand.self, RunCommand.self,
        ]),
      CommandGroup(
        name: "Proof",
        subcommands: [
          VerifyCommand.self, ReplayCommand.self, DriftCommand.self, DiffCommand.self,
          SensitivityCommand.self, PromoteCommand.self,
        ]),
      CommandGroup(name: "Data", subcommands: [BarsCommand.self, SourcesCommand.self, StrategiesCommand.self]),
      CommandGroup(name: "Operation", subcommands: [WorkerCommand.self, QueueCommand.self, DoctorCommand.self]),
    ])
}
