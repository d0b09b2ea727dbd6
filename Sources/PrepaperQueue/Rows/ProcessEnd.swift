/// How an attempt's process ended, and what it took.
package struct ProcessEnd: Hashable, Sendable {
  /// Its process id.
  package let processID: Int32
  /// Its exit status, where it exited.
  package let exitStatus: Int32?
  /// The signal that ended it, where one did.
  package let signal: Int32?
  /// Its largest resident memory in bytes.
  package let peakMemory: Int64
  /// The processor time of it and of its children that have ended.
  package let cpuTime: Duration

  /// An end of these parts.
  package init(processID: Int32, exitStatus: Int32?, signal: Int32?, peakMemory: Int64, cpuTime: Duration) {
    self.processID = processID
    self.exitStatus = exitStatus
    self.signal = signal
    self.peakMemory = peakMemory
    self.cpuTime = cpuTime
  }
}
