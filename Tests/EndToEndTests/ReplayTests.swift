import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// What a run proves of itself, and what `prepaper replay` proves of it later.
@Suite struct ReplayTests {
  /// A strategy that reads all bars, and then decides on each of them by an expression.
  private static func strategy(_ entry: String) -> String {
    """
    import json, os, sys, time
    rows = [json.loads(line) for line in sys.stdin]
    bars = [row for row in rows if row["type"] == "bar"]
    for i, bar in enumerate(bars):
        if bar.get("warmup") or i % 4: continue
        print(json.dumps({"type": "signal", "symbol": bar["symbol"], "side": "BUY",
                          "entry_price": \(entry), "decided_at": bar["closes_at"]}))
    print(json.dumps({"type": "done"}))
    """
  }

  /// A house with a backtest of a strategy of the operator's.
  private func house(_ entry: String) throws -> Program {
    let program = try Program()
    try program.directory.write(Self.strategy(entry), to: "own.py")
    try program.directory.write(
      #"{"command": ["/usr/bin/python3", "\#(program.directory.path)/own.py"], "version": "1", "warmup_bars": 10}"#,
      to: "config/prepaper/strategies.d/own.json")
    var manifest = Program.manifest("B", timeframe: "M5", minutes: 5)
    manifest["strategy"] = .object(["key": "own", "impl_version": "1", "profile_version": "1"])
    manifest["params"] = .object([:])
    try program.write(backtest: "B", manifest)
    return program
  }

  private func run(_ program: Program, _ more: String...) throws -> ProgramResult {
    try program.start(
      ["run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15", "--json"] + more
    ).wait()
  }

  private func proof(_ program: Program) throws -> JSONValue? {
    try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/run_manifest.json").utf8))["proof"]
  }

  @Test func `an honest program of the operator's proves both, each of its signals tried`() throws {
    let program = try house(#"bar["close"]"#)

    let result = try run(program)
    let replayed = try program.run("replay", "R", "--lookahead", "--json")

    #expect(result.status == 0, "\(result.errors)")
    #expect(try proof(program) == .object(["replay": "holds", "lookahead": "holds"]))
    #expect(result.errors.contains("Proofs: replay holds, look-ahead holds"))
    #expect(try result.json["proof"] == .object(["replay": "holds", "lookahead": "holds"]))
    #expect(replayed.status == 0, "\(replayed.output)\(replayed.errors)")
    #expect(try replayed.json["lookahead"]?["signals"] == .integer(19))
    #expect(try replayed.json["lookahead"]?["tried"] == .integer(19))
  }

  @Test(arguments: [
    #"bars[min(i + 1, len(bars) - 1)]["close"]"#, #"max(b["high"] for b in bars)"#, #"bars[i + 1]["open"]"#,
  ])
  func `a program that sees the future is caught, here and in a worker`(entry: String) throws {
    let program = try house(entry)

    let result = try run(program)
    let submitted = try program.run(
      "submit", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15")
    let worked = try program.run("worker", "--drain")

    #expect(result.status == 1)
    #expect(try result.errorCode == "lookahead")
    #expect(result.output.contains("signal BUY HOOD, decided at 2025-12-15T"))
    #expect(submitted.status == 0, "\(submitted.errors)")
    #expect(worked.status == 0, "\(worked.errors)")
    #expect(try program.state("R") == "failed")
    #expect(try program.query(program.queuePath, "SELECT error_code, attempt FROM jobs") == "lookahead|1")
    #expect(try program.files(below: "artifacts").filter { $0.hasPrefix("prepaper/R") } == [])
  }

  @Test(arguments: ["time.time_ns() % 1000003 + 1.0", "float(int.from_bytes(os.urandom(4), 'big') + 1)"])
  func `a program that comes to something else each time is caught, and both versions are kept`(
    entry: String
  ) throws {
    let program = try house(entry)

    let result = try run(program)

    #expect(result.status == 1)
    #expect(try result.errorCode == "nondeterministic")
    let kept = "artifacts/prepaper/.aside/R"
    let first = try program.directory.read("\(kept)/plan.json")
    let second = try program.directory.read("\(kept)/replay/plan.json")
    #expect(first != second)
    #expect(try program.files(below: "artifacts").filter { $0.hasPrefix("prepaper/R") } == [])
    #expect(result.output.contains("\(program.directory.path)/\(kept)"))
  }

  @Test func `without proofs a run says so, and a later look finds what it does`() throws {
    let program = try house(#"bars[min(i + 1, len(bars) - 1)]["close"]"#)

    let result = try run(program, "--no-prove")
    let replayed = try program.run("replay", "R")
    let tried = try program.run("replay", "R", "--lookahead")

    #expect(result.status == 0, "\(result.errors)")
    #expect(try proof(program) == .object(["replay": "not_run", "lookahead": "not_run"]))
    #expect(replayed.status == 0, "\(replayed.output)")
    #expect(tried.status == 1)
    #expect(tried.output.contains("DIFFERS  R  look-ahead: signal BUY HOOD, decided at 2025-12-15T14:45:00Z"))
  }

  @Test func `a replay changes nothing, and needs neither source nor store`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try run(program).status == 0)
    try FileManager.default.removeItem(atPath: "\(program.directory.path)/state")
    try FileManager.default.removeItem(atPath: "\(program.artifacts)/backtests")
    let before = try program.files()

    let result = try program.run(
      "replay", "R", environment: ["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:/none"])

    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(
      result.output == """
        ok       R  plan.json
        ok       R  signals_export.json
        ok       R  bars/HOOD.M1.csv
        ok       R  run_manifest.json

        """)
    #expect(try program.files() == before)
  }

  @Test func `a replay names what comes out another way, and leaves it for reading`() throws {
    let program = try house(#"bar["close"]"#)
    #expect(try run(program).status == 0)
    try program.directory.write(Self.strategy(#"bar["close"] + 1"#), to: "own.py")

    let result = try program.run("replay", "R")
    let json = try program.run("replay", "R", "--json")

    #expect(result.status == 1)
    #expect(result.output.contains("DIFFERS  R  plan.json: came out with the hash "), "\(result.output)")
    #expect(result.output.contains("DIFFERS  R  run_manifest.json: came out with another outputs.plan_hash"))
    #expect(result.output.contains("  strategy.digest: "))
    let place = try #require(result.errors.split(separator: " ").last).trimmingCharacters(in: .newlines)
    let kept = try String(contentsOfFile: "\(place)/plan.json", encoding: .utf8)
    #expect(try kept != program.directory.read("artifacts/prepaper/R/plan.json"))
    #expect(try json.json["holds"] == .bool(false))
    try FileManager.default.removeItem(at: URL(fileURLWithPath: place).deletingLastPathComponent())
  }

  @Test func `a file that is not the run's any more is named, and so is one that is gone`() throws {
    let program = try house(#"bar["close"]"#)
    #expect(try run(program).status == 0)
    let folder = "artifacts/prepaper/R"
    try program.directory.write(
      program.directory.read("\(folder)/plan.json").replacing("BUY", with: "SELL"), to: "\(folder)/plan.json")
    try FileManager.default.removeItem(atPath: "\(program.directory.path)/\(folder)/signals_export.json")

    let result = try program.run("replay", "R")

    #expect(result.status == 1)
    #expect(result.output.contains("DIFFERS  R  plan.json: is not the file that the manifest names"))
    #expect(result.output.contains("DIFFERS  R  signals_export.json: is not there"))
    #expect(result.output.contains("ok       R  run_manifest.json"))
  }

  @Test func `a run that is not there, or is none, is told`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try run(program).status == 0)
    try program.directory.write("{}", to: "artifacts/prepaper/E/run_manifest.json")

    let missing = try program.run("replay", "NONE", "--json")
    let empty = try program.run("replay", "E", "--json")
    let wrong = try program.run("replay", "../R")

    #expect(missing.status == 3)
    #expect(try missing.errorCode == "no_such_run")
    #expect(empty.status == 65)
    #expect(empty.output.contains("run_manifest.json: schema_version, identity.run_id, identity.mode, "))
    #expect(wrong.status == 64)
  }
}
