import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The commands that tell how a run differs: from its backtest, and with more warm-up.
@Suite struct DriftCommandTests {
  private func house() throws -> Program {
    let program = try Program()
    try program.write(backtest: "B")
    let run = try program.run("run", "--backtest-run-id", "B", "--run-id", "R")
    #expect(run.status == 0, "\(run.errors)")
    return program
  }

  /// The run's orders as the backtest would have written them, the entry of the first moved.
  private func writeIntents(_ program: Program, moved: Double = 0) throws {
    let plan = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/plan.json").utf8))
    guard case .array(let orders)? = plan["orders"] else { return }
    var lines = ["signal_ts,symbol,side,entry_price,stop_price,take_profit_price"]
    for (index, order) in orders.enumerated() {
      let entry = (order["entry_price"]?.doubleValue ?? 0) + (index == 0 ? moved : 0)
      lines.append(
        [
          order["ts"]?.stringValue, order["symbol"]?.stringValue, order["side"]?.stringValue, "\(entry)",
          "\(order["sl"]?.doubleValue ?? 0)", "\(order["tp"]?.doubleValue ?? 0)",
        ].compactMap { $0 }.joined(separator: ","))
    }
    try program.directory.write(lines.joined(separator: "\n"), to: "artifacts/backtests/B/events_intent.csv")
  }

  @Test func `the drift from a backtest is a table, an object and an exit code`() throws {
    let program = try house()
    let none = try program.run("drift", "R", "--json")
    try writeIntents(program)
    let same = try program.run("drift", "R", "--max-drift", "0")
    try writeIntents(program, moved: 0.02)

    let text = try program.run("drift", "R")
    let json = try program.run("drift", "R", "--max-drift", "60%", "--json")
    let tight = try program.run("drift", "R", "--max-drift", "0.4")
    let near = try program.run("drift", "R", "--max-drift", "0", "--price-tolerance", "0.03")

    #expect(none.status == 66)
    #expect(try none.errorCode == "reference_not_found")
    #expect(same.status == 0)
    #expect(
      same.output
        == "2 matched, 0 at another price, 0 only here, 0 only in backtest B, 0 outside of what the other covers: drift 0.0 %\n"
    )
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("STATUS         TIME                  SYMBOL  SIDE  HERE"), "\(text.output)")
    #expect(text.output.contains("price_differs  2025-12-15T"))
    #expect(text.output.contains("unknown: bars and parameters tell nothing"))
    #expect(json.status == 0)
    #expect(try json.json["drift"] == .double(0.5))
    #expect(try json.json["counts"]?["price_differs"] == .integer(1))
    #expect(tight.status == 1)
    #expect(near.status == 0)
  }

  @Test func `the drift from another run names what differs`() throws {
    let program = try house()
    var manifest = Program.manifest("C")
    guard case .object(var parameters)? = manifest["params"] else { return }
    parameters["risk_reward_ratio"] = .double(3)
    manifest["params"] = .object(parameters)
    try program.write(backtest: "C", manifest)
    #expect(try program.run("run", "--backtest-run-id", "C", "--run-id", "S").status == 0)

    let result = try program.run("drift", "R", "--against", "S")
    let missing = try program.run("drift", "R", "--against", "NONE", "--json")
    let usage = try program.run("drift", "R", "--max-drift", "2")

    #expect(result.output.contains("parameter_differs: params.risk_reward_ratio is 2.0 here, 3.0 there"))
    #expect(missing.status == 66)
    #expect(usage.status == 64)
    #expect(usage.errors.contains("--max-drift is '2'; it must be a share"))
  }

  @Test func `nothing is added to a run whose record was edited, which a new hash would hide`() throws {
    let program = try house()
    let meta = "artifacts/prepaper/R/run_meta.json"
    let edited = try program.directory.read(meta).replacing(#""written": 2"#, with: #""written": 3"#)
    try program.directory.write(edited, to: meta)
    let before = try program.files()

    let result = try program.run("sensitivity", "R", "--json")

    #expect(result.status == 65)
    #expect(try result.errorCode == "manifest_invalid")
    #expect(result.output.contains("run_meta.json of run R was edited"))
    #expect(try program.directory.read(meta) == edited)
    #expect(try program.files() == before)
    #expect(try program.run("verify", "R").status == 1)
  }

  @Test func `more warm-up is tried, and the table is kept with the run`() throws {
    let program = try house()

    let result = try program.run("sensitivity", "R")
    let json = try program.run("sensitivity", "R", "--json")
    let verified = try program.run("verify", "R")
    let other = try program.run("sensitivity", "R", "--json", environment: ["MARKETDATA_PROVIDER": "real"])
    let missing = try program.run("sensitivity", "NONE", "--json")

    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.hasPrefix(
        """
        WARM-UP  BARS  PLAN  SAME  ADDED  REMOVED  CHANGED  WHY
        1x       72    same  2     0      0        0        -
        2x       144   same  2     0      0        0        -
        4x       288   same  2     0      0        0        -
        """), "\(result.output)")
    #expect(try json.json["base_warmup_bars"] == .integer(72))
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.contains("ok       R  sensitivity.json"))
    #expect(other.status == 65)
    #expect(try other.errorCode == "params_invalid")
    #expect(missing.status == 66)
  }
}
