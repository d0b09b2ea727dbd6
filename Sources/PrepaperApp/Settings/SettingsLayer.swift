import Configuration
import Foundation
import SystemPackage

/// One of the places in which settings are looked for.
struct SettingsLayer: Sendable {
  let origin: SettingOrigin
  private let reader: ConfigReader
  private let variables: [String]

  /// The variables of an environment.
  init(environment: [String: String]) {
    origin = .environment
    variables = Array(environment.keys)
    reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment))
  }

  /// A settings file, which need not be there.
  ///
  /// - Throws: `AppError` with `configuration` where it is there and cannot be read.
  init(file path: String) async throws(AppError) {
    origin = .file(path)
    variables = []
    do {
      reader = ConfigReader(
        provider: try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path), allowMissing: true))
    } catch {
      throw AppError(
        "configuration", "cannot read the settings in \(path): \(error); check its permissions", .configuration)
    }
  }

  /// The names of all variables in it.
  ///
  /// - Throws: `AppError` with `configuration` where it is a file that cannot be read.
  func names() throws(AppError) -> [String] {
    guard case .file(let path) = origin, FileManager.default.fileExists(atPath: path) else { return variables }
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw AppError("configuration", "cannot read \(path): \(error.localizedDescription)", .configuration)
    }
    return text.split(separator: "\n").compactMap { line in
      let line = line.drop(while: \.isWhitespace)
      guard let end = line.firstIndex(of: "="), line.first != "#" else { return nil }
      return String(line[..<end])
    }
  }

  /// What it says, which may be an empty text; nil where it does not name the setting.
  func text(_ setting: Setting) -> String? {
    reader.string(forKey: ConfigKey(setting.name.lowercased().split(separator: "_").map(String.init)))
  }
}
