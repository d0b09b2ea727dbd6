import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// `prepaper queue pause`: keeps every worker from claiming.
struct QueuePauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Let no worker begin another run, until 'queue resume'.",
    discussion: "What runs goes on, and runs can be submitted.")

  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let store = try queue.file(try await Settings()).open()
    let since = try store.ringing { try $0.pause(now: SystemClock().now) }
    answer.output.print(json: ["paused_since": .string(since.rfc3339)]) { "paused since \(since.rfc3339)" }
  }
}
