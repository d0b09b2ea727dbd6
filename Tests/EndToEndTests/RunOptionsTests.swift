import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `what a run may be asked for` {
  @Test func `many symbols come from a list or from a file, and are the same run`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.directory.write("SPY # the market\n\n  AAPL\nHOOD\nSPY\n", to: "list.txt")
    let run = ["run", "--backtest-run-id", "B", "--run-id", "R"]

    let listed = try program.start(run + ["--symbols", "HOOD,SPY,AAPL", "--json"]).wait()
    let before = try program.directory.read("artifacts/prepaper/R/run_manifest.json")
    let filed = try program.start(run + ["--symbols-file", "list.txt", "--json"]).wait()

    #expect(listed.status == 0)
    #expect(listed.errors.contains("History: 3 of 3 symbols SUFFICIENT, 4410 of 4410 bars"))
    #expect(filed.status == 0)
    #expect(try program.directory.read("artifacts/prepaper/R/run_manifest.json") == before)
    #expect(try filed.json["signals"]?["written"] == .integer(0))
    #expect(
      try program.files(below: "artifacts/prepaper/R/bars") == ["AAPL.M1.csv", "HOOD.M1.csv", "SPY.M1.csv"])
  }

  @Test func `a job carries everything that was asked for to its run`() throws {
    let program = try Program()
    try program.write(backtest: "B")

    let submitted = try program.run(
      "submit", "--backtest-run-id", "B", "--run-id", "R", "--symbols", "SPY,AAPL", "--strict", "--max-missing", "5%",
      "--max-jump", "0.3", "--as-of", "2025-12-15T16:07:00Z", "--calendar", "XNYS", "--json")
    let worked = try program.run("worker", "--drain")

    #expect(submitted.status == 0)
    let request = try #require(try submitted.json["job"])
    #expect(request["symbols"] == .array([.string("AAPL"), .string("SPY")]))
    #expect(request["as_of"] == .string("2025-12-15T16:07:00Z"))
    #expect(request["max_missing"] == .double(0.05))
    #expect(worked.status == 0, "\(worked.errors)")
    let manifest = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/run_manifest.json").utf8))
    #expect(manifest["data"]?["symbols"] == .array([.string("AAPL"), .string("SPY")]))
    #expect(manifest["data"]?["window"]?["to"] == .string("2025-12-15T16:00:00+00:00"))
    #expect(manifest["history"]?["strict"] == .bool(true))
    #expect(manifest["history"]?["max_missing"] == .double(0.05))
    #expect(manifest["history"]?["max_jump"] == .double(0.3))
  }

  @Test func `a line of a bulk submission says the same in its own words`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let line = """
      {"run_id": "R", "backtest_run_id": "B", "symbols": ["SPY", "AAPL"], "strict": true, "max_missing": "5%", \
      "max_jump": 0.3, "mode": "live", "as_of": "now", "calendar": "24x7"}
      """

    let result = try program.start(["submit", "--bulk", "--json"], input: line + "\n").wait()

    #expect(result.status == 0, "\(result.errors)")
    #expect(
      try program.query(
        "state/prepaper/queue.db", "SELECT request FROM jobs")
          == """
          {"allow_unapproved": false, "artifacts_root": "\(program.artifacts)", "as_of": "now", "backtest_run_id": "B", \
          "calendar": "24x7", "max_jump": 0.3, "max_missing": 0.05, "mode": "live", "run_id": "R", "session_mode": "rth", \
          "strict": true, "symbols": ["AAPL", "SPY"]}
          """)
  }

  static let wrong: [([String], String)] = [
    (["--symbols", "A,,B"], "--symbols has ''"), (["--symbols", "../x"], "--symbols has '../x'"),
    (["--symbols", "A", "--symbols-file", "list.txt"], "exclude each other"),
    (["--mode", "paper"], "--mode is 'paper'; it must be replay or live"),
    (["--as-of", "now"], "say --mode live as well"), (["--as-of", "noon"], "--as-of is 'noon'"),
    (["--mode", "live", "--from", "2025-01-02", "--to", "2025-01-03"], "--mode live ends the window"),
    (["--as-of", "2025-01-02T15:00:00Z", "--replay-date", "2025-01-02"], "--as-of ends the window"),
    (["--max-missing", "2"], "--max-missing is '2'"), (["--max-missing", "x%"], "--max-missing is 'x%'"),
    (["--max-missing=-1%"], "--max-missing is '-1%'"), (["--max-jump", "1001%"], "--max-jump is '1001%'"),
    (["--calendar", "XLON"], "--calendar is 'XLON'; it must be XNYS or 24x7"),
  ]

  @Test(arguments: wrong) func `what cannot be meant is refused by its name`(flags: [String], message: String) throws {
    let program = try Program()
    try program.write(backtest: "B")

    for command in ["run", "submit"] {
      let result = try program.start([command, "--backtest-run-id", "B", "--run-id", "R"] + flags).wait()

      #expect(result.status == 64)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
    #expect(try program.files(below: "artifacts") == ["backtests", "backtests/B", "backtests/B/run_manifest.json"])
  }

  @Test(arguments: [(nil, Int32(66), "cannot read the instruments"), ("# nothing\n", 65, "there are no instruments")])
  func `a file of symbols that is no use is named`(text: String?, status: Int32, message: String) throws {
    let program = try Program()
    try program.write(backtest: "B")
    if let text { try program.directory.write(text, to: "list.txt") }

    let result = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--symbols-file", "list.txt")

    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.contains("list.txt"))
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func `an unadjusted split is noticed on stderr and in the manifest`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    try program.write(backtest: "B", Program.manifest("B", symbol: "AAPL"))
    let environment = [
      "BARS_SOURCE": "csv:\(SharedData.path)/data/bars", "SIGNALS_DB_PATH": "\(program.directory.path)/signals.db",
    ]
    let run = ["run", "--backtest-run-id", "B", "--from", "2014-06-09", "--to", "2014-06-10", "--max-missing", "100%"]

    let noticed = try program.start(run + ["--run-id", "R"], environment: environment).wait()
    let allowed = try program.start(run + ["--run-id", "S", "--max-jump", "90%"], environment: environment).wait()

    #expect(noticed.errors.contains("warning: AAPL: the price goes from "), "\(noticed.errors)")
    let manifest = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/run_manifest.json").utf8))
    guard case .array(let jumps)? = manifest["history"]?["jumps"], let jump = jumps.first else {
      Issue.record("no jump is listed")
      return
    }
    #expect(jumps.count == 1)
    #expect(jump["to"]?.stringValue == "2014-06-09T13:30:00Z")
    #expect(try #require(jump["change"]?.doubleValue) < -0.85)
    #expect(!allowed.errors.contains("the price goes"))
  }
}
