/// How much a program may use before it is ended.
///
/// The kernel counts CPU time and memory of each process for itself: what a program starts has the same limits once
/// more. The wall time is that of all of it together.
package struct ProgramLimits: Hashable, Sendable {
  /// The CPU time of a process.
  package var cpu: Duration
  /// The memory that a process may allocate, in MiB.
  package var memoryMiB: Int
  /// The time from its start to its end; the time in which it waits for the run to have more for it does not count.
  package var wall: Duration

  /// Limits of these values; each has its default.
  package init(cpu: Duration = .seconds(60), memoryMiB: Int = 512, wall: Duration = .seconds(120)) {
    self.cpu = cpu
    self.memoryMiB = memoryMiB
    self.wall = wall
  }
}
