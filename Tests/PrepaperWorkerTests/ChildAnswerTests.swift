import Glibc
import PrepaperDomain
import PrepaperQueue
import PrepaperWorker
import Testing

@Suite(.timeLimit(.minutes(5))) struct `what an attempt's process answers` {
  let attempt: ScriptedAttempt

  init() throws {
    attempt = try ScriptedAttempt()
  }

  private let staged =
    #"{"kind":"staged","status":"SUCCESS","reason":null,"synthetic":true,"files":[]}"#

  @Test func `it is there, how far it has come, and that it has staged its run`() async throws {
    let execution = try await attempt.execute(
      script: """
        echo '{"kind":"started"}' >&3
        echo '{"kind":"progress","stage":"bars","bars_done":3,"bars_total":null}' >&3
        echo '\(staged)' >&3
        """)

    let process = try #require(execution.end?.processID)
    #expect(try execution.result.get().status == .success)
    #expect(
      attempt.progress == [
        AttemptProgress(processID: process), AttemptProgress(processID: process, stage: "bars", barsDone: 3),
      ])
    #expect(execution.end?.exitStatus == 0)
    #expect(execution.end?.signal == nil)
  }

  @Test func `why its run failed, whatever its exit status`() async throws {
    let execution = try await attempt.execute(
      script: #"echo '{"kind":"failed","code":"bars_invalid","message":"no bars"}' >&3; exit 3"#)

    #expect(execution.errorCode == "bars_invalid")
    #expect(execution.end?.exitStatus == 3)
  }

  @Test func `a line in pieces is one; what is none of its messages is passed over`() async throws {
    let execution = try await attempt.execute(
      script: #"""
        printf 'garbage\n\n{}\n[1]\n{"kind":"other"}\n{"kind":"staged"}\n\377\376\000\n' >&3
        head -c 200000 /dev/zero | tr '\0' x >&3; echo >&3
        printf '{"kind":"failed","code":"bars_' >&3
        printf 'invalid","message":"no bars"}\n{"kind":"progress"}\n' >&3
        """#)

    #expect(execution.errorCode == "bars_invalid")
    #expect(attempt.progress == [])
  }

  @Test(arguments: ["", #"printf '{"kind":"failed","code":"bars_invalid","message":"no newline"}' >&3;"#])
  func `nothing: that is nobody's fault that is known`(script: String) async throws {
    let execution = try await attempt.execute(script: "\(script) exit 7")

    #expect(execution.errorCode == "unexpected")
    #expect("\(execution.result)".contains("status 7"))
    #expect("\(execution.result)".contains(attempt.claim.log))
    #expect(execution.end?.exitStatus == 7)
  }

  @Test(arguments: [SIGSEGV, SIGKILL, SIGXCPU])
  func `nothing, since a signal has ended it`(signal: Int32) async throws {
    let execution = try await attempt.execute(script: "ulimit -c 0; kill -\(signal) $$")

    #expect(execution.errorCode == "killed")
    #expect("\(execution.result)".contains("signal \(signal)"))
    #expect(execution.end?.signal == signal)
    #expect(execution.end?.exitStatus == nil)
  }

  @Test(arguments: [
    ("/nonexistent/program", "No such file or directory"), ("/etc/passwd", "Permission denied"),
  ])
  func `a program that cannot be started is a failure for good, not the end of the worker`(
    program: String, reason: String
  ) async throws {
    let execution = await attempt.execute(program)

    #expect(execution.errorCode == "unexpected")
    #expect("\(execution.result)".contains("cannot start \(program): \(reason)"))
    #expect(execution.end == nil)
  }

  @Test func `its memory and processor time are known, those of what it has started and awaited too`() async throws {
    let execution = try await attempt.execute(
      script: "bash -c 'text=$(head -c 30000000 /dev/zero | tr \"\\0\" x); for i in {1..20000}; do :; done'")

    let end = try #require(execution.end)
    #expect(end.cpuTime > .zero && end.cpuTime < .seconds(600))
    #expect(end.peakMemory > 20_000_000 && end.peakMemory < 2_000_000_000)
  }
}
