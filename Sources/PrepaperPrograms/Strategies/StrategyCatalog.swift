package import PrepaperDomain
package import PrepaperJSON
package import PrepaperPipeline

/// Every strategy that a run may name: those that prepaper brings along, and those that the operator has registered.
package struct StrategyCatalog: StrategyLookup {
  private let folders: RegistrationFolders
  private let pieceSize: Int
  private let mark: String?
  private let temporary: String
  private let observe: @Sendable (String) -> Void

  /// A catalog.
  ///
  /// - Parameters:
  ///   - folders: where the operator's strategies are registered.
  ///   - pieceSize: about how many bytes of its input a program is given at once.
  ///   - mark: what a worker finds an attempt's processes by, in their environment.
  ///   - temporary: where each start of a program gets a directory of its own.
  ///   - observe: hears what a strategy's program says on its standard error, a line each.
  package init(
    folders: RegistrationFolders, pieceSize: Int = 1 << 16, mark: String? = nil, temporary: String = "/tmp",
    observe: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.folders = folders
    self.pieceSize = pieceSize
    self.mark = mark
    self.temporary = temporary
    self.observe = observe
  }

  package func runner(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
  ) throws(RunError) -> any StrategyRunner {
    let registration: StrategyRegistration?
    do throws(RegistrationError) {
      registration = try self.registration(named: key)
    } catch {
      throw RunError(.unknownStrategy, "the registration of strategy '\(key)' cannot be used: \(error)")
    }
    if let registration {
      return try ExternalStrategyRunner(
        registration, parameters: parameters, timeframe: timeframe, symbols: symbols, pieceSize: pieceSize, mark: mark,
        temporary: temporary, observe: observe)
    }
    guard Self.isBuiltIn(key) else {
      throw RunError(
        .unknownStrategy, "strategy '\(key)' is not known; known are: \(knownNames.joined(separator: ", "))")
    }
    return try BuiltInLookup().runner(key: key, parameters: parameters, timeframe: timeframe, symbols: symbols)
  }

  /// The registration of a name, or nil where there is none.
  ///
  /// - Throws: `RegistrationError` where it cannot be used.
  package func registration(named name: String) throws(RegistrationError) -> StrategyRegistration? {
    guard let file = try folders.file(named: name) else { return nil }
    guard !Self.isBuiltIn(name) else {
      throw RegistrationError(
        file.path, "'\(name)' is the name of a strategy that prepaper brings along; rename the file")
    }
    return try StrategyRegistration(file)
  }

  /// Every registration by its name, and for those that cannot be used why.
  ///
  /// - Throws: `RegistrationError` where a folder cannot be read.
  package func registrations() throws(RegistrationError)
    -> [(name: String, registration: Result<StrategyRegistration, RegistrationError>)]
  {
    var all: [(name: String, registration: Result<StrategyRegistration, RegistrationError>)] = []
    for name in try folders.names() {
      do throws(RegistrationError) {
        guard RegistrationFolders.isValid(name) else {
          throw RegistrationError(
            "\(name).json", "the name of a strategy is a-z, then a-z, 0-9 and _, at most 64 characters")
        }
        if let registration = try registration(named: name) { all.append((name, .success(registration))) }
      } catch {
        all.append((name, .failure(error)))
      }
    }
    return all
  }

  /// Keys of what prepaper brings along, then the names of what is registered.
  private var knownNames: [String] {
    let registered: [String]
    do throws(RegistrationError) {
      registered = try folders.names().filter { RegistrationFolders.isValid($0) && !Self.isBuiltIn($0) }
    } catch {
      registered = []
    }
    return BuiltInStrategies.keys + registered
  }

  /// Whether a name is a key or an alias of a strategy that prepaper brings along.
  private static func isBuiltIn(_ name: String) -> Bool {
    StrategyDescription.all.contains { $0.key == name || $0.alias == name }
  }
}
