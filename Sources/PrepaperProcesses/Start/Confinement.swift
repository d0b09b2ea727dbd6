internal import Glibc

/// What a program is held to from its first instruction on, by programs that stand in front of it.
///
/// - it gets no more rights than this process has
/// - it is killed when the thread that has started it ends, and so when this process does
/// - it leaves no core
/// - it has the limits of this process, or lower ones
/// - it may write in one directory alone, where one is named and the kernel can do so
package struct Confinement: Hashable, Sendable {
  static let setPrivileges = "/usr/bin/setpriv"
  static let setLimits = "/usr/bin/prlimit"
  static let needs = "setpriv and prlimit of util-linux are needed for it"

  /// The CPU time of a process; the kernel says SIGXCPU first, and kills one that goes on a second later.
  package var cpu: Duration?
  /// The memory that a process may allocate, in MiB.
  package var memoryMiB: Int?

  /// The path of the directory in which alone it may write files; nil where nothing limits it.
  package var writableDirectory: String?

  /// Whether the kernel can hold a program to its directory.
  package static var canLimitWrites: Bool { WriteLimit.isSupported }

  /// A confinement with these limits; what it starts has them once more, each process for itself.
  package init(cpu: Duration? = nil, memoryMiB: Int? = nil, writableDirectory: String? = nil) {
    self.cpu = cpu
    self.memoryMiB = memoryMiB
    self.writableDirectory = writableDirectory
  }

  /// The command line that becomes this one in the end.
  func words(_ command: [String]) -> [String] {
    var limits = ["--core=0"]
    if let cpu {
      let seconds = Self.allowed(RLIMIT_CPU, UInt64(max(1, cpu.components.seconds)))
      limits.append("--cpu=\(seconds):\(Self.allowed(RLIMIT_CPU, seconds + 1))")
    }
    if let memoryMiB { limits.append("--data=\(Self.allowed(RLIMIT_DATA, UInt64(memoryMiB) << 20))") }
    return [Self.setPrivileges, "--pdeathsig", "KILL", "--no-new-privs", "--", Self.setLimits] + limits + ["--"]
      + command
  }

  /// A limit, or this process's own where that is lower: nobody may raise one.
  private static func allowed(_ resource: __rlimit_resource, _ wanted: UInt64) -> UInt64 {
    var own = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &own) == 0 else { return wanted }
    return min(wanted, UInt64(own.rlim_max))
  }
}
