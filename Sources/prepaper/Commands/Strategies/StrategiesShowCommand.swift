import ArgumentParser
import PrepaperDomain
import PrepaperJSON
import PrepaperPrograms

/// `prepaper strategies show NAME`: all there is to know of one of them.
struct StrategiesShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a strategy with its parameters, defaults and warm-up.")

  @Argument(help: "Its key, its alias, or the name of its registration.")
  var name: String
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let entry = try await entry()
    answer.output.print(json: ["strategy": entry.json]) { entry.text }
  }

  private func entry() async throws -> StrategyEntry {
    let catalog = StrategyCatalog(folders: try await Settings().registrationFolders("strategies.d"))
    do throws(RegistrationError) {
      if let registration = try catalog.registration(named: name) { return StrategyEntry(registration) }
    } catch {
      throw CommandFailure(error)
    }
    if let entry = StrategyEntry.builtIn.first(where: { $0.key == name || $0.alias == name }) { return entry }
    // The catalog's own words, with all names that are known.
    _ = try catalog.runner(key: name, parameters: [:], timeframe: .m1, symbols: [])
    throw RunError(.unknownStrategy, "strategy '\(name)' has no description")
  }
}
