import Configuration
import Foundation
import Logging
import PrepaperDomain
import SystemPackage

/// What the environment and the settings files say; a flag goes before all of it.
struct Settings: Sendable {
  /// Which data a run uses.
  enum Provider: String, CaseIterable, Sendable {
    case fake, real
  }

  let environment: [String: String]
  private let reader: ConfigReader

  /// Reads the environment and, behind it, `prepaper.env` of the user and of the system.
  ///
  /// - Throws: `CommandFailure` where a settings file is there and cannot be read.
  init() async throws {
    let environment = ProcessInfo.processInfo.environment
    self.environment = environment
    let home = environment["HOME"] ?? "/"
    let userFiles = environment.filled("XDG_CONFIG_HOME") ?? "\(home)/.config"
    var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
    for path in ["\(userFiles)/prepaper/prepaper.env", "/etc/prepaper/prepaper.env"] {
      do {
        providers.append(
          try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path), allowMissing: true))
      } catch {
        throw CommandFailure(
          "configuration", "cannot read the settings in \(path): \(error); check its permissions", .configuration)
      }
    }
    reader = ConfigReader(providers: providers)
  }

  /// A setting by the name of its variable, `BARS_SOURCE`; an empty one counts as not set.
  func value(_ variable: String) -> String? {
    guard let text = reader.string(forKey: ConfigKey(variable.lowercased().split(separator: "_").map(String.init))),
      !text.isEmpty
    else { return nil }
    return text
  }

  /// Which data a run uses; an unknown name is never taken for the fake one.
  ///
  /// - Throws: `CommandFailure` with exit code 78.
  var provider: Provider {
    get throws(CommandFailure) {
      guard let name = value("MARKETDATA_PROVIDER") else { return .fake }
      guard let provider = Provider(rawValue: name) else {
        throw CommandFailure(
          "configuration", "MARKETDATA_PROVIDER is '\(name)'; it must be fake or real", .configuration)
      }
      return provider
    }
  }

  /// The directory for the queue and for whatever else outlives a process.
  var stateDirectory: String {
    // systemd lists several directories with colons between them.
    if let directories = environment.filled("STATE_DIRECTORY"), let first = directories.split(separator: ":").first {
      return String(first)
    }
    let home = environment["HOME"] ?? "/"
    return (environment.filled("XDG_STATE_HOME") ?? "\(home)/.local/state") + "/prepaper"
  }

  /// The queue's file, an absolute path.
  func queuePath(flag: String?) -> String {
    absolutePath(flag ?? value("PREPAPER_QUEUE_DB") ?? "\(stateDirectory)/queue.db")
  }

  /// The directories that a worker writes below, or nil for those of its own user.
  var allowedRoots: [String]? {
    if let roots = value("PREPAPER_ARTIFACTS_ROOTS") { return roots.split(separator: ":").map(String.init) }
    return environment.filled("STATE_DIRECTORY").map { _ in ["\(stateDirectory)/artifacts"] }
  }

  /// How much is logged.
  ///
  /// - Throws: `CommandFailure` with exit code 78.
  func logLevel(flag: String?) throws(CommandFailure) -> Logger.Level {
    let name = flag ?? value("PREPAPER_LOG_LEVEL") ?? "info"
    guard let level = Logger.Level(rawValue: name.lowercased()) else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandFailure("configuration", "the log level '\(name)' is none of \(known)", .configuration)
    }
    return level
  }
}

extension [String: String] {
  /// The value of a variable that is set and not empty.
  fileprivate func filled(_ name: String) -> String? {
    guard let value = self[name], !value.isEmpty else { return nil }
    return value
  }
}
