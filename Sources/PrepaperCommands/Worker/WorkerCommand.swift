import ArgumentParser
import PrepaperApp

/// `prepaper worker`: claims and executes queued runs, in a terminal or under systemd.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Claim and execute queued runs.",
    discussion: """
      Each run is executed in a process of its own. SIGTERM and Ctrl-C let the running ones come to their end, then the \
      worker exits with 0; after --stop-timeout, on a second SIGTERM or Ctrl-C, or on SIGQUIT, they are stopped and given \
      back to the queue, and do not count as tried. A worker that is killed loses nothing: another one takes its runs \
      back within a second.

      SIGHUP reads the settings files again. Runs go on with the settings that they began with; the queue, the lease and \
      the metrics file need a restart.
      """)

  @Flag(help: "End when no job is left that could still run.")
  var drain = false
  @OptionGroup var options: WorkerOptions
  @OptionGroup var queue: QueueOptions

  func run() async throws {
    let settings = try await Settings()
    try await WorkerProcess(settings, options.flags, queueDb: queue.queueDb, drains: drain).run()
  }
}
