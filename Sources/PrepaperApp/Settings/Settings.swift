import Foundation
package import Logging
import PrepaperWorker

/// What the environment and the settings files say; a flag goes before all of it.
package struct Settings: Sendable {
  /// Which data a run uses.
  enum Provider: String, CaseIterable, Sendable {
    case fake, real
  }

  /// The variable that lists the settings files that a service manager has read for this process, with colons between
  /// them; the later ones go first.
  private static let filesVariable = "PREPAPER_ENV_FILES"

  /// The environment of this process.
  package let environment: [String: String]
  /// The paths of the settings files, which need not be there; the first goes before the others.
  let files: [String]
  /// The first that names a setting decides.
  private let layers: [SettingsLayer]

  /// Reads the environment and, behind it, `prepaper.env` of the user and of the system.
  ///
  /// - Throws: `AppError` where a settings file is there and cannot be read.
  package init() async throws(AppError) {
    try await self.init(environment: ProcessInfo.processInfo.environment)
  }

  /// What an environment says, and the files that it names.
  ///
  /// - Throws: `AppError` where a settings file is there and cannot be read.
  package init(environment: [String: String]) async throws(AppError) {
    self.environment = environment
    var layers = [SettingsLayer(environment: environment)]
    files = Self.files(environment)
    for path in files { layers.append(try await SettingsLayer(file: path)) }
    self.layers = layers
  }

  private static func files(_ environment: [String: String]) -> [String] {
    if let list = environment.filled(filesVariable) { return list.split(separator: ":").reversed().map(String.init) }
    let user = environment.filled("XDG_CONFIG_HOME") ?? "\(environment["HOME"] ?? "/")/.config"
    return ["\(user)/prepaper/prepaper.env", "/etc/prepaper/prepaper.env"]
  }

  /// The same with what the files say now.
  ///
  /// A service manager has put the lines of the files into the environment, where they would hide what is new in them: a
  /// variable that says just what the files said is taken for theirs.
  ///
  /// - Throws: `AppError` where a settings file is there and cannot be read.
  func reread() async throws(AppError) -> Settings {
    let ofFiles = Setting.allCases.filter { setting in
      let first = layers.dropFirst().lazy.compactMap { $0.text(setting) }.first
      return first != nil && first == environment[setting.name]
    }
    let names = Set(ofFiles.map(\.name))
    return try await Settings(environment: environment.filter { !names.contains($0.key) })
  }

  /// A setting; an empty one counts as not set.
  package func value(_ setting: Setting) -> String? { valueAndOrigin(setting)?.value }

  /// A setting and where it comes from; nil where it is not set, or empty.
  package func valueAndOrigin(_ setting: Setting) -> (value: String, origin: SettingOrigin)? {
    for layer in layers {
      if let text = layer.text(setting) { return text.isEmpty ? nil : (text, layer.origin) }
    }
    return nil
  }

  /// Where each variable comes from that is called as if it were a setting, and is none.
  ///
  /// - Throws: `AppError` with `configuration` where a file cannot be read.
  func unknownNames() throws(AppError) -> [(origin: SettingOrigin, name: String)] {
    let known = Set(Setting.allCases.map(\.name) + [Self.filesVariable, AttemptProcess.variable])
    var unknown: [(origin: SettingOrigin, name: String)] = []
    for layer in layers {
      let names = try layer.names().filter { $0.hasPrefix("PREPAPER_") && !known.contains($0) }
      unknown += names.sorted().map { (layer.origin, $0) }
    }
    return unknown
  }

  /// The environment of a process that is to have just these settings, whatever becomes of the files.
  var frozenEnvironment: [String: String] {
    environment.merging(Setting.allCases.map { ($0.name, value($0) ?? "") }) { $1 }
  }

  /// Which data a run uses; an unknown name is never taken for the fake one.
  ///
  /// - Throws: `AppError` with `configuration`.
  var provider: Provider {
    get throws(AppError) {
      guard let name = value(.provider) else { return .fake }
      guard let provider = Provider(rawValue: name) else {
        throw AppError(
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
  package func queuePath(flag: String?) -> String {
    absolutePath(flag ?? value(.queueDb) ?? "\(stateDirectory)/queue.db")
  }

  /// The directories that a worker writes below, or nil for those of its own user.
  var allowedRoots: [String]? {
    if let roots = value(.artifactsRoots) { return roots.split(separator: ":").map(String.init) }
    return environment.filled("STATE_DIRECTORY").map { _ in ["\(stateDirectory)/artifacts"] }
  }

  /// How much is logged.
  ///
  /// - Throws: `AppError` with `configuration`.
  package func logLevel(flag: String?) throws(AppError) -> Logger.Level {
    let name = flag ?? value(.logLevel) ?? "info"
    guard let level = Logger.Level(rawValue: name.lowercased()) else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw AppError("configuration", "the log level '\(name)' is none of \(known)", .configuration)
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
