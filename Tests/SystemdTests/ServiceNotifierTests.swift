import Glibc
import Systemd
import Testing

// Each test sets the variables in a child process: they belong to a whole process, and other suites run beside this one.
@Suite struct ServiceNotifierTests {
  @Test func `a ready service sends one datagram with its status`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotifySocket()
      unsafe setenv("NOTIFY_SOCKET", socket.path, 1)

      let heard = try ServiceNotifier().send(.ready, .status("0 jobs running"))

      #expect(heard)
      #expect(socket.receive() == "READY=1\nSTATUS=0 jobs running")
      #expect(socket.receive() == nil)
    }
  }

  @Test func `signs of life and the stop are datagrams of their own`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotifySocket()
      unsafe setenv("NOTIFY_SOCKET", socket.path, 1)

      try ServiceNotifier().send(.watchdog)
      try ServiceNotifier().send(.stopping)

      #expect(socket.receive() == "WATCHDOG=1")
      #expect(socket.receive() == "STOPPING=1")
      #expect(socket.receive() == nil)
    }
  }

  @Test func `what goes with a reload, a stop and a failure is said in the manager's words`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotifySocket()
      unsafe setenv("NOTIFY_SOCKET", socket.path, 1)

      try ServiceNotifier().send(.reloading(at: .seconds(7) + .microseconds(5)))
      try ServiceNotifier().send(.stopping, .extendTimeout(.milliseconds(2500)))
      try ServiceNotifier().send(.watchdogTrigger)

      #expect(socket.receive() == "RELOADING=1\nMONOTONIC_USEC=7000005")
      #expect(socket.receive() == "STOPPING=1\nEXTEND_TIMEOUT_USEC=2500000")
      #expect(socket.receive() == "WATCHDOG=trigger")
    }
  }

  @Test func `the time of a reload is the machine's monotonic clock`() {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)

    let now = MonotonicTime.now

    let since = now - .seconds(time.tv_sec) - .nanoseconds(time.tv_nsec)
    #expect(since >= .zero && since < .seconds(60))
  }

  @Test(arguments: [
    ("job 7\nSTOPPING=1", "job 7 STOPPING=1"),
    ("one\r\ntwo", "one  two"),
    ("bell\u{7} escape\u{1B} delete\u{7F} next line\u{85}", "bell  escape  delete  next line "),
    ("before\0after", "before after"),
    ("größer", "größer"),
    ("", ""),
  ])
  func `a status stays one line`(text: String, line: String) async {
    await #expect(processExitsWith: .success) { [text, line] in
      let socket = try NotifySocket()
      unsafe setenv("NOTIFY_SOCKET", socket.path, 1)

      try ServiceNotifier().send(.status(text), .watchdog)

      #expect(socket.receive() == "STATUS=\(line)\nWATCHDOG=1")
    }
  }

  @Test func `a long status is cut between two characters`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotifySocket()
      unsafe setenv("NOTIFY_SOCKET", socket.path, 1)

      try ServiceNotifier().send(.status("x" + String(repeating: "ü", count: 100_000)))

      #expect(socket.receive() == "STATUS=x" + String(repeating: "ü", count: 499))
    }
  }

  @Test func `without a service manager nothing is sent`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotifySocket()
      unsafe unsetenv("NOTIFY_SOCKET")

      let heard = try ServiceNotifier().send(.ready)

      #expect(!heard)
      #expect(socket.receive() == nil)
    }
  }

  @Test func `a socket that is not there is an error that says what was tried`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1)

      let error = #expect(throws: ServiceManagerError.self) {
        try ServiceNotifier().send(.ready, .status("up"))
      }

      #expect(error?.code == ENOENT)
      #expect(error?.description == "cannot send READY=1, STATUS=up: No such file or directory (errno 2)")
    }
  }
}

@Suite struct WatchdogIntervalTests {
  @Test func `the interval is read in microseconds`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("WATCHDOG_USEC", "1500000", 1)
      unsafe setenv("WATCHDOG_PID", "\(getpid())", 1)

      let interval = try WatchdogInterval.fromEnvironment()

      #expect(interval == .milliseconds(1500))
    }
  }

  @Test func `a watchdog for another process is not ours`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("WATCHDOG_USEC", "1500000", 1)
      unsafe setenv("WATCHDOG_PID", "\(getppid())", 1)

      let interval = try WatchdogInterval.fromEnvironment()

      #expect(interval == nil)
    }
  }

  @Test func `no variable means no watchdog`() async {
    await #expect(processExitsWith: .success) {
      unsafe unsetenv("WATCHDOG_USEC")

      let interval = try WatchdogInterval.fromEnvironment()

      #expect(interval == nil)
    }
  }

  @Test(arguments: ["soon", "0", ""])
  func `an interval that is no positive number is an error`(text: String) async {
    await #expect(processExitsWith: .success) { [text] in
      unsafe setenv("WATCHDOG_USEC", text, 1)
      unsafe unsetenv("WATCHDOG_PID")

      let error = #expect(throws: ServiceManagerError.self) { try WatchdogInterval.fromEnvironment() }

      #expect(error?.description == "cannot read the watchdog interval: Invalid argument (errno 22)")
    }
  }
}

/// The service manager's end: a bound datagram socket in a directory of its own, gone with the value.
private struct NotifySocket: ~Copyable {
  let path: String
  private let directory: String
  private let descriptor: CInt

  init() throws {
    let directory = try Self.makeDirectory()
    let path = directory + "/socket"
    self.descriptor = try Self.bind(to: path)
    self.directory = directory
    self.path = path
  }

  deinit {
    close(descriptor)
    unsafe unlink(path)
    unsafe rmdir(directory)
  }

  /// The datagram that waits longest, `nil` if none does; a sent one is there as soon as the sender's call is over.
  func receive() -> String? {
    var bytes = [UInt8](repeating: 0, count: 8_192)
    let count = unsafe recv(descriptor, &bytes, bytes.count, CInt(MSG_DONTWAIT))
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func makeDirectory() throws -> String {
    var template = Array("/tmp/prepaper-notify.XXXXXX".utf8CString)
    return try #require(unsafe mkdtemp(&template).map { unsafe String(cString: $0) })
  }

  private static func bind(to path: String) throws -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    let status = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe Glibc.bind(descriptor, $0, size) }
    }
    try #require(status == 0)
    return descriptor
  }
}
