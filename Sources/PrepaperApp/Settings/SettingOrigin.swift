/// Where the value of a setting comes from.
package enum SettingOrigin: Hashable, Sendable {
  /// A variable of the environment.
  case environment
  /// A settings file, by its absolute path.
  case file(String)

  /// For people: the file's path, or that it is the environment.
  package var words: String {
    switch self {
    case .environment: "environment"
    case .file(let path): path
    }
  }
}
