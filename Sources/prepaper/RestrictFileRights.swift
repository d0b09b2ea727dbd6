import Glibc

/// Takes every right on new files from those who are neither the user nor in the group: plans and signals are about
/// money.
func restrictFileRights() {
  let current = umask(0o077)
  umask(current | 0o007)
}
