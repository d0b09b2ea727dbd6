/// How a process with pipes ended.
package struct PipedEnd: Hashable, Sendable {
  /// How it ended itself, or was ended.
  package let exit: ProcessExit
  /// Why it was ended, where it did not end by itself.
  package let stop: ProcessStop?
}

/// Why a process was ended before it ended itself.
package enum ProcessStop: Hashable, Sendable {
  /// Its wall time is over.
  case wallTime
  /// What it printed is not taken.
  case refused
  /// It is needed no more.
  case cancelled
}
