import Foundation
import Glibc
import Logging
import PrepaperJSON
import PrepaperProcesses
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct LockFilesTests {
  let attempt: ScriptedAttempt
  /// The same locks, as another worker sees them.
  let others: LockFiles

  init() throws {
    attempt = try ScriptedAttempt()
    others = makeLocks(attempt.directory, grace: .milliseconds(200))
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: attempt.directory.file("locks")).sorted().map { "locks/\($0)" }
  }

  /// Two processes, of which the one has made a lock and the other has inherited it.
  private func holders(of name: String) async throws -> (first: Int32, second: Int32) {
    let file = attempt.directory.file(name)
    let script = """
      exec 9>'\(file)'; flock 9
      setsid sleep 1000 & echo $! >"$HOME/second"
      echo $$ >"$HOME/first"; exec sleep 1000 9>&9
      """
    let process = try ProcessStart(
      "/bin/bash", ["-c", script], environment: ["PATH": "/usr/bin:/bin", "HOME": attempt.workshop.directory.path]
    ).start()
    // Nobody else takes notice of its end.
    onThreadOfItsOwn { process.wait(endsGroup: false) }
    try await eventually("both are there") { !attempt.read("first").isEmpty && !attempt.read("second").isEmpty }
    return (try attempt.process("first"), try attempt.process("second"))
  }

  @Test func `a lock is held by its maker until he lets go; then nothing is left of it`() throws {
    let lock = try #require(try attempt.locks.make())
    #expect(try files() == [lock.name])
    #expect(others.state(of: lock.name) == .held)
    #expect(others.state(of: lock.name) == .held)

    lock.release()
    lock.release()

    #expect(try files() == [])
    #expect(others.state(of: lock.name) == .unknown)
  }

  @Test func `a lock that two processes hold is free when both are dead, and who waits for that is told once`()
    async throws
  {
    let (first, second) = try await holders(of: "locks/shared.lock")
    let told = Mutex(0)
    others.whenFree("locks/shared.lock") { _ = told.next() }
    #expect(others.state(of: "locks/shared.lock") == .held)

    kill(first, SIGKILL)
    try await eventually("the first is dead") { !isAlive(first) }
    #expect(others.state(of: "locks/shared.lock") == .held)
    #expect(told.withLock { $0 } == 0)

    kill(second, SIGKILL)
    try await eventually("the lock is free") { others.state(of: "locks/shared.lock") == .free }
    try await eventually("who waits is told") { told.withLock { $0 } > 0 }
    #expect(others.state(of: "locks/shared.lock") == .free)
    #expect(told.withLock { $0 } == 1)
  }

  @Test func `who waits is told at once where a lock is free already, and when its holder lets go`() async throws {
    let told = Mutex<[String]>([])
    try attempt.workshop.directory.write("", to: "queue.db.d/locks/free.lock")
    others.whenFree("locks/free.lock") { told.withLock { $0.append("free") } }
    try await eventually("it is told") { told.withLock { $0 } == ["free"] }

    let lock = try #require(try attempt.locks.make())
    others.whenFree(lock.name) { told.withLock { $0.append("let go") } }
    lock.release()
    try await eventually("it is told again") { told.withLock { $0 } == ["free", "let go"] }
  }

  @Test func `a thousand that wait do not keep anything else from going on`() async throws {
    let lock = try #require(try attempt.locks.make())
    let told = Mutex(0)
    for _ in 0..<1000 { others.whenFree(lock.name) { _ = told.next() } }

    // An attempt's process wants threads of its own.
    #expect(try await attempt.execute(script: "exit 7").end?.exitStatus == 7)
    lock.release()

    try await eventually("all are told") { told.withLock { $0 } == 1000 }
  }

  @Test(arguments: [
    "", "locks/", "locks/.lock", "locks/a", "a.lock", "locks/../../secret.lock", "locks/a/b.lock", "/locks/a.lock",
    "locks/A.lock", "locks/none.lock", "locks/link.lock",
  ])
  func `a name that is none, or of no lock, tells nothing`(name: String) async throws {
    try attempt.workshop.directory.write("1 1", to: "secret.lock")
    try FileManager.default.createSymbolicLink(
      atPath: attempt.directory.file("locks/link.lock"),
      withDestinationPath: "\(attempt.workshop.directory.path)/secret.lock")

    #expect(others.state(of: name) == .unknown)
    others.whenFree(name) { Issue.record("nothing was to be waited for") }
    await others.endHolders(of: name)
  }

  @Test func `what is left behind is removed, except what is held or named`() throws {
    let held = try #require(try attempt.locks.make())
    defer { held.release() }
    for name in ["named", "left"] { try attempt.workshop.directory.write("", to: "queue.db.d/locks/\(name).lock") }

    others.tidy(keeping: ["locks/named.lock"])

    #expect(try files() == [held.name, "locks/named.lock"].sorted())
  }

  @Test func `on a network file system no lock is made or asked, which is said once: the lease alone decides`() throws {
    let said = Mutex<[String]>([])
    let distant = LockFiles(
      attempt.directory, grace: .zero, random: { 1 }, isOnNetwork: true,
      logger: Logger(label: "test") { _ in WordsHandler { word in said.withLock { $0.append(word) } } })
    try attempt.workshop.directory.write("", to: "queue.db.d/locks/free.lock")

    #expect(try distant.make() == nil)
    #expect(distant.state(of: "locks/free.lock") == .unknown)
    distant.whenFree("locks/free.lock") { Issue.record("nothing was to be waited for") }
    _ = try distant.make()

    #expect(try files() == ["locks/free.lock"])
    #expect(said.withLock { $0.count } == 1)
    #expect(said.withLock { $0.first?.contains("\(attempt.directory.path) is on a network file system") } == true)
  }

  @Test func `a lock that is made while somebody tidies is there all the same`() async throws {
    let lost = try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        while !Task.isCancelled { others.tidy(keeping: []) }
        return 0
      }
      group.addTask {
        var lost = 0
        for _ in 0..<20_000 {
          let lock = try #require(try attempt.locks.make())
          if others.state(of: lock.name) != .held { lost += 1 }
          lock.release()
        }
        return lost
      }
      defer { group.cancelAll() }
      return try await group.next()
    }

    #expect(lost == 0)
  }

  @Test(arguments: [true, false])
  func `a process that hangs is ended by another worker, whether it has written its name yet or not`(isNamed: Bool)
    async throws
  {
    let lock = try #require(try attempt.locks.make())
    defer { lock.release() }
    let name = isNamed ? "echo $$ $(cut -d ' ' -f 22 /proc/$$/stat) >&4;" : ""
    let execution = try await withThrowingTaskGroup(of: Execution?.self) { group in
      group.addTask {
        try await attempt.execute(script: "\(name) echo $$ >\"$HOME/child\"; exec sleep 1000", lock: lock)
      }
      try await eventually("it is there") { !attempt.read("child").isEmpty }
      await others.endHolders(of: lock.name)
      return try #require(try await group.next() ?? nil)
    }

    #expect(execution.errorCode == "killed")
    #expect(execution.end?.signal == SIGTERM)
  }

  @Test func `a process that has the number of one that is gone is let be`() async throws {
    let process = try ProcessStart("/usr/bin/sleep", ["1000"]).start()
    defer {
      process.signal(SIGKILL)
      process.wait()
    }
    // It started at another time than the one that has written this.
    try attempt.workshop.directory.write("\(process.processID) 1\n", to: "queue.db.d/locks/old.lock")

    await others.endHolders(of: "locks/old.lock")

    #expect(isAlive(process.processID))
  }
}
