import Configuration
import SystemPackage

/// One of the places in which settings are looked for.
struct SettingsLayer: Sendable {
  let origin: SettingOrigin
  private let reader: ConfigReader

  /// The variables of an environment.
  init(environment: [String: String]) {
    origin = .environment
    reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment))
  }

  /// A settings file, which need not be there.
  ///
  /// - Throws: `CommandFailure` with exit code 78 where it is there and cannot be read.
  init(file path: String) async throws(CommandFailure) {
    origin = .file(path)
    do {
      reader = ConfigReader(
        provider: try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path), allowMissing: true))
    } catch {
      throw CommandFailure(
        "configuration", "cannot read the settings in \(path): \(error); check its permissions", .configuration)
    }
  }

  /// What it says, which may be an empty text; nil where it does not name the setting.
  func text(_ setting: Setting) -> String? {
    reader.string(forKey: ConfigKey(setting.name.lowercased().split(separator: "_").map(String.init)))
  }
}
