import PrepaperDomain
package import PrepaperPrograms

/// Every strategy that there is, those that prepaper brings along first.
package struct StrategyList {
  /// Those that can be used.
  package let entries: [StrategyEntry]
  /// Registrations that cannot be used, and why.
  package let unusable: [(name: String, error: RegistrationError)]

  /// All of them.
  ///
  /// - Throws: `AppError` with `configuration` where a folder cannot be read.
  package init(_ settings: Settings) throws(AppError) {
    var entries = StrategyEntry.builtIn
    var unusable: [(name: String, error: RegistrationError)] = []
    do throws(RegistrationError) {
      for (name, registration) in try Self.catalog(settings).registrations() {
        switch registration {
        case .success(let registration): entries.append(StrategyEntry(registration))
        case .failure(let error): unusable.append((name, error))
        }
      }
    } catch {
      throw AppError(error)
    }
    self.entries = entries
    self.unusable = unusable
  }

  /// The one of a key, an alias or the name of a registration.
  ///
  /// - Throws: `AppError` where its registration cannot be used; `RunError` with all known names where there is none.
  package static func entry(named name: String, _ settings: Settings) throws -> StrategyEntry {
    let catalog = catalog(settings)
    do throws(RegistrationError) {
      if let registration = try catalog.registration(named: name) { return StrategyEntry(registration) }
    } catch {
      throw AppError(error)
    }
    if let entry = StrategyEntry.builtIn.first(where: { $0.key == name || $0.alias == name }) { return entry }
    // The catalog's own words, with all names that are known.
    _ = try catalog.runner(key: name, parameters: [:], timeframe: .m1, symbols: [])
    throw RunError(.unknownStrategy, "strategy '\(name)' has no description")
  }

  private static func catalog(_ settings: Settings) -> StrategyCatalog {
    StrategyCatalog(folders: settings.registrationFolders("strategies.d"))
  }
}
