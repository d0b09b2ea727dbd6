/// What the operator wants of the process of each attempt.
package struct ChildSettings: Hashable, Sendable {
  /// How much memory it may allocate, in MiB.
  package var maxMemory: Int?
  /// How much less processor time than others it gets, 0 to 19.
  package var nice: Int?
  /// How much it logs; nil for what its settings say.
  package var logLevel: String?
  /// Whether it logs to the journal too, beside its own log.
  package var journals: Bool

  /// Settings of these parts.
  package init(maxMemory: Int? = nil, nice: Int? = nil, logLevel: String? = nil, journals: Bool = false) {
    self.maxMemory = maxMemory
    self.nice = nice
    self.logLevel = logLevel
    self.journals = journals
  }
}
