/// A run that waits since the machine could not do what it needs, for one with a full disk.
package struct DeferredRun: Hashable, Sendable {
  /// Where it is to be written: nothing else is claimed for this root meanwhile.
  package let artifactsRoot: String
  /// What is wrong, as `jobs.error_code` has it and in words.
  package let errorCode, errorMessage: String
}
