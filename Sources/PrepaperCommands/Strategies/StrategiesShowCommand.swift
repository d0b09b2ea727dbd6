import ArgumentParser
import PrepaperApp

/// `prepaper strategies show NAME`: all there is to know of one of them.
struct StrategiesShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a strategy with its parameters, defaults and warm-up.")

  @Argument(help: "Its key, its alias, or the name of its registration.")
  var name: String
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let entry = try StrategyList.entry(named: name, try await Settings())
    answer.output.print(json: ["strategy": entry.json]) { entry.text }
  }
}
