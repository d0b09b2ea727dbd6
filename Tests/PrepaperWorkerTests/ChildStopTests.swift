import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Testing

/// The grace is ten minutes where nobody must wait for its end.
@Suite(.timeLimit(.minutes(5))) struct `an attempt's process that is to stop` {
  let attempt: ScriptedAttempt

  init() throws {
    attempt = try ScriptedAttempt()
  }

  @Test func `is asked first, and may end in its own way`() async throws {
    let execution = try await attempt.stop(
      script: """
        trap 'echo bye; exit 5' TERM
        echo $$ >"$HOME/child"
        sleep 1000 & wait
        """,
      onceThereAre: ["child"])

    #expect(execution.isStopped)
    #expect(execution.end?.exitStatus == 5)
    #expect(attempt.log.contains("bye"))
    #expect(!isAlive(try attempt.process("child")))
  }

  @Test func `is asked also when it has stopped itself`() async throws {
    let execution = try await attempt.stop(
      script: "echo $$ >\"$HOME/child\"; kill -STOP $$; exec sleep 1000", onceThereAre: ["child"])

    #expect(execution.isStopped)
    #expect(execution.end?.signal == SIGTERM)
    #expect(!isAlive(try attempt.process("child")))
  }

  @Test func `is killed after the grace when it does not want to, with all that it has started`() async throws {
    // One that ignores it in the process group, and one that has left the group.
    let execution = try await attempt.stop(
      script: """
        trap '' TERM
        bash -c 'echo $$ >"$HOME/same"; while :; do sleep 1000; done' &
        setsid bash -c 'echo $$ >"$HOME/other"; while :; do sleep 1000; done' &
        echo $$ >"$HOME/child"
        while :; do sleep 1000; done
        """,
      onceThereAre: ["child", "same", "other"], grace: .milliseconds(200))

    #expect(execution.isStopped)
    #expect(execution.end?.signal == SIGKILL)
    for file in ["child", "same", "other"] {
      let process = try attempt.process(file)
      // What is killed is dead a moment later.
      try await eventually("\(file) has ended") { !isAlive(process) }
    }
  }

  @Test func `takes with it what it has started, when it ends before that`() async throws {
    let execution = try await attempt.stop(
      script: """
        setsid bash -c 'trap "" TERM; exec 3>&-; echo $$ >"$HOME/other"; while :; do sleep 1000; done' &
        echo $$ >"$HOME/child"
        exec sleep 1000
        """,
      onceThereAre: ["child", "other"])

    #expect(execution.end?.signal == SIGTERM)
    let other = try attempt.process("other")
    try await eventually("what it has started has ended") { !isAlive(other) }
  }

  @Test func `that it has staged its run in time counts`() async throws {
    let execution = try await attempt.stop(
      script: """
        trap 'echo "{\\"kind\\":\\"staged\\",\\"status\\":\\"SUCCESS\\",\\"reason\\":null,\\"synthetic\\":true,\\"files\\":[]}" >&3; exit' TERM
        echo $$ >"$HOME/child"
        sleep 1000 & wait
        """,
      onceThereAre: ["child"])

    #expect(try execution.result.get().status == .success)
  }

  @Test func `one that ends by itself leaves nothing of its group behind`() async throws {
    let execution = try await attempt.execute(
      script: "sleep 1000 3>&- & echo $! >\"$HOME/sleep\"; exit 0")

    #expect(execution.end?.exitStatus == 0)
    let process = try attempt.process("sleep")
    try await eventually("what it has left has ended") { !isAlive(process) }
  }

  @Test func `one that is killed leaves nothing behind that has left its group`() async throws {
    let execution = try await attempt.execute(
      script: """
        setsid bash -c 'exec 3>&-; echo $$ >"$HOME/other"; while :; do sleep 1000; done' &
        until [ -s "$HOME/other" ]; do sleep 0.01; done
        kill -KILL $$
        """)

    #expect(execution.end?.signal == SIGKILL)
    let other = try attempt.process("other")
    try await eventually("what it has started has ended") { !isAlive(other) }
  }

  @Test func `takes no other attempt with it, also where neither has a lock`() async throws {
    let other = try ScriptedAttempt()
    let ends = try await withThrowingTaskGroup(of: Execution.self) { group in
      group.addTask {
        try await other.execute(
          script: "echo $$ >\"$HOME/child\"; until [ -e \"$HOME/go\" ]; do sleep 0.01; done; exit 9")
      }
      try await eventually("the other is there") { !other.read("child").isEmpty }
      _ = try await attempt.stop(script: "echo $$ >\"$HOME/child\"; exec sleep 1000", onceThereAre: ["child"])
      try other.workshop.directory.write("", to: "go")
      return try await group.next()?.end
    }

    #expect(ends?.exitStatus == 9)
  }
}
