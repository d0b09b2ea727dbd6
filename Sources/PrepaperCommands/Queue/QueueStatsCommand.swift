import ArgumentParser
import PrepaperApp
import PrepaperQueue

/// `prepaper queue stats`: how the queue does.
struct QueueStatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show how the queue does: what waits, how long runs wait and take, and who works.",
    discussion: "Waits and runs are those of the last 1,000 attempts.")

  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    let store = try queue.file(settings).openExisting()
    let output = try StatisticsOutput(
      condition: QueueCondition(path: queue.file(settings).path, store),
      statistics: store?.statistics(), logBytes: store?.logBytes ?? 0, now: SystemClock().now)
    answer.output.print(json: output.json) { output.text }
  }
}
