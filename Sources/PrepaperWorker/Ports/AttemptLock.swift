/// A lock that says that an attempt lives: held by its worker and by the process that runs it.
package protocol AttemptLock: Sendable {
  /// Its name, by which others find it.
  var name: String { get }
  /// The descriptor that the attempt's process inherits.
  var descriptor: Int32 { get }

  /// Lets go of it, for good.
  func release()
}
