/// How a part of a submission is called where the user has written it.
package enum FieldNames {
  /// `--run-id`.
  case flags
  /// `run_id`.
  case keys

  /// How a key is called there.
  package func callAsFunction(_ key: String) -> String {
    switch self {
    case .flags: "--" + key.replacing("_", with: "-")
    case .keys: key
    }
  }
}
