import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Testing

@Suite(.timeLimit(.minutes(5))) struct `what an attempt's process is given` {
  let attempt: ScriptedAttempt

  init() throws {
    attempt = try ScriptedAttempt()
  }

  @Test(arguments: [ChildSettings(), ChildSettings(maxMemory: 64, nice: 7, logLevel: "debug")])
  func `its order on the standard input`(settings: ChildSettings) async throws {
    _ = await attempt.execute("/usr/bin/cat", settings: settings)

    let order = try #require(try ChildOrder(JSONParser.parse(Array(attempt.log.utf8))))
    #expect(order.request == attempt.claim.request)
    #expect(order.settings == settings)
    #expect((order.jobID, order.attempt, order.worker) == (attempt.claim.jobID, 1, attempt.claim.worker))
  }

  @Test func `an order of any length, also where it never reads it`() async throws {
    // More than 64 KiB, which is what a pipe holds.
    let symbols = (0..<9_000).compactMap { Symbol("S\($0)-0123456789-0123456789-01") }
    let attempt = try ScriptedAttempt(symbols: symbols)

    _ = await attempt.execute("/usr/bin/cat")
    let deaf = try await attempt.execute(script: "exit 9")

    let order = try #require(try ChildOrder(JSONParser.parse(Array(attempt.log.utf8))))
    #expect(order.request == attempt.claim.request)
    #expect(order.request.text.utf8.count > 65_536)
    #expect(deaf.end?.exitStatus == 9)
  }

  @Test func `a log for its standard output and error, which is never begun anew`() async throws {
    _ = try await attempt.execute(script: "echo first; echo error >&2")
    _ = try await attempt.execute(script: "echo second")

    #expect(attempt.log == "first\nerror\nsecond")
  }

  @Test func `of the queue's files only its log and its lock`() async throws {
    let lock = try #require(try attempt.locks.make())
    defer { lock.release() }
    let other = try #require(try attempt.locks.make())
    defer { other.release() }
    let bell = try Bell(attempt.directory, owner: "test")

    _ = await attempt.execute(
      "/usr/bin/find", ["/proc/self/fd/", "-lname", "\(attempt.workshop.directory.path)/*", "-printf", #"%f %l\n"#],
      lock: lock)

    let path = attempt.directory.file
    #expect(
      attempt.log.split(separator: "\n").sorted() == [
        "1 \(path(attempt.claim.log))", "2 \(path(attempt.claim.log))", "4 \(path(lock.name))",
      ])
    bell.takeDown()
  }

  @Test func `no more than its descriptors, where there is no lock`() async throws {
    _ = try await attempt.execute(
      script: "for i in 0 1 2 3 4; do [ -e /proc/$$/fd/$i ] && readlink /proc/$$/fd/$i; done")

    let links = attempt.log.split(separator: "\n").map { $0.prefix { $0 != "[" } }
    let log = attempt.directory.file(attempt.claim.log)
    #expect(links == ["/memfd:input (deleted)", log[...], log[...], "pipe:"])
  }

  @Test func `the variables it is to have, and the mark of its lock`() async throws {
    let lock = try #require(try attempt.locks.make())
    defer { lock.release() }

    _ = await attempt.execute("/usr/bin/env", lock: lock)

    #expect(
      attempt.log.split(separator: "\n").sorted() == [
        "HOME=\(attempt.workshop.directory.path)", "PATH=/usr/bin:/bin", "PREPAPER_ATTEMPT_LOCK=\(lock.name)",
      ])
  }

  @Test func `no signal that is ignored or blocked, whatever its worker does`() async throws {
    signal(SIGUSR2, SIG_IGN)
    defer { signal(SIGUSR2, SIG_DFL) }

    _ = await attempt.execute("/usr/bin/grep", ["-E", "^Sig(Ign|Blk)", "/proc/self/status"])

    let masks = attempt.log.split(separator: "\n").compactMap { UInt64($0.split(separator: "\t")[1], radix: 16) }
    // Signals 32 and 33 are the C library's own: it has them ignored in every process that it starts.
    #expect(masks.map { $0 & ~(3 << 31) } == [0, 0])
  }

  @Test func `a process group of its own`() async throws {
    let execution = await attempt.execute("/usr/bin/cut", ["-d", " ", "-f", "5", "/proc/self/stat"])

    #expect(attempt.log == "\(try #require(execution.end?.processID))")
  }
}
