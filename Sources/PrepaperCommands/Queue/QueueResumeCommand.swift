import ArgumentParser
import PrepaperApp
import PrepaperJSON
import PrepaperQueue

/// `prepaper queue resume`: lets workers claim again.
struct QueueResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let workers begin runs again, after 'queue pause'.")

  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let wasPaused = try queue.file(try await Settings()).openExisting()?.ringing { try $0.resume() } ?? false
    answer.output.print(json: ["paused_since": .null, "was_paused": .bool(wasPaused)]) {
      wasPaused ? "resumed" : "was not paused"
    }
  }
}
