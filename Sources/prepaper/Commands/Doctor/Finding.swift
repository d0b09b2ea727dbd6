import PrepaperDomain
import PrepaperJSON

/// What was found about one thing: how it is, and what to do where it is not as it should be.
struct Finding {
  /// How much is wrong.
  enum Grade: String {
    case ok, warning, error
  }

  /// What was looked at, in a word: `queue`.
  let topic: String
  let grade: Grade
  let text: String
  /// What to do about it.
  let remedy: String?

  private init(_ topic: String, _ grade: Grade, _ text: String, _ remedy: String?) {
    self.topic = topic
    self.grade = grade
    self.text = text
    self.remedy = remedy
  }

  /// All is well.
  static func ok(_ topic: String, _ text: String) -> Finding { Finding(topic, .ok, text, nil) }

  /// It works, but not as one would wish.
  static func warning(_ topic: String, _ text: String, do remedy: String) -> Finding {
    Finding(topic, .warning, text, remedy)
  }

  /// Runs fail, or cannot be submitted.
  static func error(_ topic: String, _ text: String, do remedy: String? = nil) -> Finding {
    Finding(topic, .error, text, remedy)
  }

  /// The finding as `--json` shows it.
  var json: JSONValue {
    .object([
      "topic": .string(topic), "grade": .string(grade.rawValue), "text": .string(text),
      "remedy": remedy.map(JSONValue.string) ?? .null,
    ])
  }
}
