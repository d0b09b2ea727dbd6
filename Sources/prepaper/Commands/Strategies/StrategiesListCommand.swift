import ArgumentParser
import PrepaperDomain
import PrepaperJSON
import PrepaperPrograms

/// `prepaper strategies list`: all of them, those that prepaper brings along first.
struct StrategiesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the strategies that there are, and registrations that cannot be used.",
    discussion: "Parameters are counted here; 'show NAME' and --json tell all of them with their defaults.")

  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let catalog = StrategyCatalog(folders: try await Settings().registrationFolders("strategies.d"))
    var entries = StrategyEntry.builtIn
    var unusable: [(name: String, error: RegistrationError)] = []
    for (name, registration) in try registrations(catalog) {
      switch registration {
      case .success(let registration): entries.append(StrategyEntry(registration))
      case .failure(let error): unusable.append((name, error))
      }
    }
    for (_, error) in unusable { answer.output.say("prepaper: cannot be used: \(error)") }
    answer.output.print(json: [
      "strategies": .array(entries.map(\.json)),
      "unusable": .array(
        unusable.map { .object(["name": .string($0.name), "problem": .string($0.error.description)]) }),
    ]) {
      var table = Table(StrategyEntry.headings)
      for entry in entries { table.add(entry.row) }
      return table.text
    }
  }

  private func registrations(
    _ catalog: StrategyCatalog
  ) throws(CommandFailure) -> [(name: String, registration: Result<StrategyRegistration, RegistrationError>)] {
    do throws(RegistrationError) {
      return try catalog.registrations()
    } catch {
      throw CommandFailure(error)
    }
  }
}
