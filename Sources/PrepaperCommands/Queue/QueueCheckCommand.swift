import ArgumentParser
import PrepaperApp
import PrepaperJSON

/// `prepaper queue check`: whether the queue is what it should be.
struct QueueCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check that the queue is what it should be; nothing is changed.",
    discussion: "Exit code 0 where every rule holds, 1 with the name of the first that does not.")

  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let store = try queue.file(try await Settings()).openExisting()
    var held: [String] = []
    for check in QueueRule.all {
      if let store, let breach = try await check.breach(in: store) {
        let failure = CommandFailure("check_failed", "\(check.name): \(breach)", .failed)
        return try answer.output.end(
          json: ["held": .array(held.map(JSONValue.string)), "broken": .string(check.name)], failure: failure,
          status: .failed
        ) { (held.map { "ok      \($0)" } + ["BROKEN  \(check.name)"]).joined(separator: "\n") }
      }
      held.append(check.name)
    }
    answer.output.print(json: ["held": .array(held.map(JSONValue.string)), "broken": .null]) {
      held.map { "ok      \($0)" }.joined(separator: "\n")
    }
  }
}
