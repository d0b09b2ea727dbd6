/// The variables that every program gets: few, without secrets, and the same on every machine.
enum ProgramEnvironment {
  /// The variable by which a worker finds the processes of an attempt that it has to end.
  static let mark = "PREPAPER_ATTEMPT_LOCK"

  /// All of them; the mark of the run's own process is passed on where it has one.
  ///
  /// - Parameter scratch: the directory in which it may write, for what looks for one there.
  static func variables(mark: String?, scratch: String?) -> [String: String] {
    var variables = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
      // Python's sets would come in another order each time.
      "PYTHONHASHSEED": "0",
    ]
    variables[Self.mark] = mark
    variables["HOME"] = scratch
    variables["TMPDIR"] = scratch
    return variables
  }
}
