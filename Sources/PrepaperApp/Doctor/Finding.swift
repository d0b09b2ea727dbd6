/// What was found about one thing: how it is, and what to do where it is not as it should be.
package struct Finding {
  /// How much is wrong.
  package enum Grade: String {
    /// All is well.
    case ok
    /// It works, but not as one would wish.
    case warning
    /// Runs fail, or cannot be submitted.
    case error
  }

  /// What was looked at, in a word: `queue`.
  package let topic: String
  /// How much is wrong with it.
  package let grade: Grade
  /// How it is, for people.
  package let text: String
  /// What to do about it.
  package let remedy: String?

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
}
