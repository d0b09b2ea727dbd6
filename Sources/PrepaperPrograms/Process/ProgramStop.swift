/// Why a program was ended before it ended itself.
package enum ProgramStop: Hashable, Sendable {
  /// Its wall time is over.
  case wallTime
  /// What it printed is not taken.
  case refused
  /// The run needs it no more.
  case cancelled
}
