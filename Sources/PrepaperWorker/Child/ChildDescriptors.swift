/// The descriptors of a process that runs an attempt, beside its standard input, output and error.
package enum ChildDescriptors {
  /// Where it writes its messages.
  package static let messages: Int32 = 3
  /// The attempt's lock.
  package static let lock: Int32 = 4
}
