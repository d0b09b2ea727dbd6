import ArgumentParser
import PrepaperApp

/// Which queue a command works on.
struct QueueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The queue's file (PREPAPER_QUEUE_DB, else queue.db in the state directory).", valueName: "file"))
  var queueDb: String?

  /// The queue's file.
  func file(_ settings: Settings) -> QueueFile { QueueFile(flag: queueDb, settings) }
}
