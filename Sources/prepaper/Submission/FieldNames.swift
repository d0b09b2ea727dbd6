/// How a part of a submission is called where the user has written it.
enum FieldNames {
  /// `--run-id`.
  case flags
  /// `run_id`.
  case keys

  func callAsFunction(_ key: String) -> String {
    switch self {
    case .flags: "--" + key.replacing("_", with: "-")
    case .keys: key
    }
  }
}
