import Glibc

/// Takes every right on new files from those who are neither the user nor in the group: plans and signals are about
/// money.
package func restrictFileRights() {
  let current = umask(0o077)
  umask(current | 0o007)
}

/// Takes the right to write new files from the group as well: it reads what a run leaves.
func restrictGroupToReading() {
  let current = umask(0o077)
  umask(current | 0o027)
}

/// Does something whose new files the group may read and not write.
func restrictingGroupToReading<Value, Failure>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
  let current = umask(0o077)
  umask(current | 0o027)
  defer { umask(current) }
  return try body()
}
