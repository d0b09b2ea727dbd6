import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `many runs from the standard input` {
  private func submit(_ program: Program, _ input: String, _ options: String...) throws -> ProgramResult {
    try program.start(["submit", "--bulk", "--json"] + options, input: input).wait()
  }

  private func program() throws -> Program {
    let program = try Program()
    try program.write(backtest: "B")
    return program
  }

  @Test func `each line is a job, with everything that the flags can say`() throws {
    let program = try program()
    try program.directory.write("", to: "other/backtests/x")

    let result = try submit(
      program,
      """
      {"run_id": "R1", "backtest_run_id": "B"}

      {"run_id": "R2", "backtest_run_id": "B", "artifacts_root": "other", "from": "2025-12-15", "to": "2025-12-16",\
       "session_mode": "all", "allow_unapproved": true, "priority": 7, "max_attempts": 2, "run_timeout": 1.5,\
       "delay": 60, "after": "R1", "concurrency_key": "k"}\r
      {"run_id": "R3", "backtest_run_id": "B", "replay_date": "2025-12-15", "at": "2999-01-01T00:00:00Z"}
      """)
    let again = try submit(program, #"{"run_id": "R1", "backtest_run_id": "B"}"#)

    #expect(result.status == 0, "\(result.errors)")
    guard case .array(let jobs)? = try result.json["jobs"] else {
      Issue.record("no jobs in \(result.output)")
      return
    }
    #expect(jobs.map { $0["run_id"] } == ["R1", "R2", "R3"])
    #expect(jobs.allSatisfy { $0["created"] == .bool(true) })
    #expect(jobs.map { $0["state"] } == ["queued", "scheduled", "scheduled"])
    #expect(
      try program.query(
        program.queuePath,
        """
        SELECT replace(artifacts_root, rtrim(artifacts_root, replace(artifacts_root, '/', '')), ''), request ->> '$.from',
          request ->> '$.to', request ->> '$.session_mode', request ->> '$.allow_unapproved', priority, max_tries, timeout_ms, run_at - submitted_at,
          after_run_id, concurrency_key FROM jobs WHERE run_id = 'R2'
        """) == "other|2025-12-15|2025-12-16|all|1|7|2|1500|60000|R1|k")
    #expect(try again.firstJob["created"] == .bool(false))
  }

  @Test func `nothing is no jobs`() throws {
    let result = try submit(program(), "\n \n")

    #expect(result.status == 0)
    #expect(try result.json["jobs"] == [])
  }

  static let good = #"{"run_id": "GOOD", "backtest_run_id": "B"}"#
  static let bad: [(String, String)] = [
    ("{nonsense", "line 2: column 2: "),
    ("[]", "line 2: must be an object, is a list"),
    (#"{"run_id": "R", "run_id": "S", "backtest_run_id": "B"}"#, "the key 'run_id' stands twice"),
    (#"{"run_id": "R", "backtest_run_id": "B", "prio": 1}"#, "line 2: 'prio' is not known; known are: after, "),
    (#"{"backtest_run_id": "B"}"#, "line 2: run_id is missing"),
    (#"{"run_id": "../x", "backtest_run_id": "B"}"#, "line 2: run_id is '../x'"),
    (#"{"run_id": 7, "backtest_run_id": "B"}"#, "line 2: run_id must be text, is 7"),
    (#"{"run_id": "R", "backtest_run_id": "B", "priority": 1.5}"#, "line 2: priority must be a whole number, is 1.5"),
    (#"{"run_id": "R", "backtest_run_id": "B", "priority": 1.0}"#, "line 2: priority must be a whole number, is 1.0"),
    (#"{"run_id": "R", "backtest_run_id": "B", "priority": 9000000}"#, "line 2: priority must be -1000000 to 1000000"),
    (#"{"run_id": "R", "backtest_run_id": "B", "max_attempts": 0}"#, "line 2: max_attempts must be 1 to 1000"),
    (#"{"run_id": "R", "backtest_run_id": "B", "run_timeout": "1"}"#, "line 2: run_timeout must be a number, is text"),
    (
      #"{"run_id": "R", "backtest_run_id": "B", "allow_unapproved": 1}"#,
      "line 2: allow_unapproved must be true or false, is 1"
    ),
    (#"{"run_id": "R", "backtest_run_id": "B", "after": null}"#, "line 2: after is null; leave it out"),
    (#"{"run_id": "R", "backtest_run_id": "B", "replay_date": null}"#, "line 2: replay_date is null; leave it out"),
    (#"{"run_id": "R", "backtest_run_id": "B", "from": "2025-12-15"}"#, "line 2: from and to belong together"),
    (#"{"run_id": "R", "backtest_run_id": "B", "at": "now"}"#, "line 2: at is 'now'"),
    (#"{"run_id": "R", "backtest_run_id": "B", "artifacts_root": "no"}"#, "line 2: artifacts_root: there is no"),
  ]

  @Test(arguments: bad) func `one bad line is named, and nothing is submitted`(_ line: String, _ words: String) throws {
    let program = try program()

    let result = try submit(program, "\(Self.good)\n\(line)\n")

    #expect(result.status == 65)
    #expect(try result.errorCode == "input_invalid")
    #expect(result.errors.contains(words) && result.errors.contains("Nothing was submitted"), "\(result.errors)")
    #expect(try !program.files().contains { $0.contains("queue.db") })
  }

  @Test func `a run id twice is one job, or with two requests a conflict that leaves nothing`() throws {
    let program = try program()

    let conflict = try submit(
      program, "\(Self.good)\n" + #"{"run_id": "GOOD", "backtest_run_id": "B", "replay_date": "2025-12-15"}"#)
    let rows = try program.query(program.queuePath, "SELECT count(*) FROM jobs")
    let twice = try submit(program, "\(Self.good)\n\(Self.good)")

    #expect(conflict.status == 65)
    #expect(try conflict.errorCode == "request_conflict")
    #expect(rows == "0")
    guard case .array(let jobs)? = try twice.json["jobs"] else {
      Issue.record("no jobs in \(twice.output)")
      return
    }
    #expect(jobs.map { $0["created"] } == [.bool(true), .bool(false)])
    #expect(try program.query(program.queuePath, "SELECT count(*) FROM jobs") == "1")
  }

  @Test func `flags of a single run are refused beside it`() throws {
    let program = try program()
    for flags in [["--run-id", "R"], ["--priority", "1"], ["--allow-unapproved"], ["--after", "R"]] {
      let result = try program.start(["submit", "--bulk"] + flags, input: Self.good).wait()

      #expect(result.status == 64)
    }
  }

  @Test func `with --wait it ends when all of them have`() throws {
    let program = try program()
    let waiting = try program.start(
      ["submit", "--bulk", "--wait", "--json"],
      input: "\(Self.good)\n" + #"{"run_id": "BAD", "backtest_run_id": "NONE"}"#)
    try eventually("it waits") { try program.waiters == 1 }

    #expect(try program.run("worker", "--drain").status == 0)
    let result = try waiting.wait()

    #expect(result.status == 1)
    guard case .array(let jobs)? = try result.json["jobs"] else {
      Issue.record("no jobs in \(result.output)")
      return
    }
    #expect(jobs.map { $0["state"] } == ["succeeded", "failed"])
    #expect(jobs.map { $0["created"] } == [.bool(true), .bool(true)])
  }

  @Test func `a file of runs is submitted for the last session that has ended, once`() throws {
    let program = try program()
    try program.directory.write(
      #"{"run_id": "N-{session}", "backtest_run_id": "B", "replay_date": "{session}"}"#, to: "runs.jsonl")

    let first = try program.run("submit", "--bulk", "--file", "runs.jsonl", "--last-session", "24x7", "--json")
    let second = try program.run("submit", "--bulk", "--file", "runs.jsonl", "--last-session", "24x7", "--json")

    #expect(first.status == 0, "\(first.errors)")
    // On that calendar, yesterday; the day may change between the two looks at it.
    let days = [Int64(-1), -2].map { days in
      CivilDate(daysSinceEpoch: Int64(Date.now.timeIntervalSince1970 / 86_400) + days).description
    }
    let run = try program.query(program.queuePath, "SELECT run_id, request ->> '$.replay_date' FROM jobs LIMIT 1")
    #expect(days.contains { run == "N-\($0)|\($0)" }, "\(run)")
    #expect(second.status == 0)
    #expect(try second.firstJob["created"] == .bool(false))
  }

  @Test(arguments: [
    (["--bulk", "--file", "nowhere.jsonl"], 66, "cannot read nowhere.jsonl"),
    (["--file", "runs.jsonl", "--backtest-run-id", "B", "--run-id", "R"], 64, "belong to --bulk"),
    (["--bulk", "--last-session", "mars"], 64, "mars"),
  ])
  func `a file or a calendar that cannot be is refused`(options: [String], status: Int, words: String) throws {
    let program = try program()

    let result = try program.start(["submit"] + options).wait()

    #expect(result.status == Int32(status))
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
