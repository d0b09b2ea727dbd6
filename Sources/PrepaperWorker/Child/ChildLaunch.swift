/// With what the process of each attempt is started.
package struct ChildLaunch: Sendable {
  /// Its environment, beside the mark by which it is found again.
  package let environment: [String: String]
  /// What the operator wants of it.
  package let settings: ChildSettings
  /// How long one that is to stop may take before it is killed.
  package let grace: Duration

  /// A launch of these parts.
  package init(environment: [String: String], settings: ChildSettings = ChildSettings(), grace: Duration) {
    self.environment = environment
    self.settings = settings
    self.grace = grace
  }
}
