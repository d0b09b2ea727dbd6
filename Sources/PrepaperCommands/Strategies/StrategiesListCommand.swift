import ArgumentParser
import PrepaperApp
import PrepaperJSON
import PrepaperPrograms

/// `prepaper strategies list`: all of them, those that prepaper brings along first.
struct StrategiesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the strategies that there are, and registrations that cannot be used.",
    discussion: "Parameters are counted here; 'show NAME' and --json tell all of them with their defaults.")

  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let list = try StrategyList(try await Settings())
    for (_, error) in list.unusable { answer.output.say("prepaper: cannot be used: \(error)") }
    answer.output.print(json: [
      "strategies": .array(list.entries.map(\.json)),
      "unusable": .array(
        list.unusable.map { .object(["name": .string($0.name), "problem": .string($0.error.description)]) }),
    ]) {
      var table = Table(StrategyEntry.headings)
      for entry in list.entries { table.add(entry.row) }
      return table.text
    }
  }
}
