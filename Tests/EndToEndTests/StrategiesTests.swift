import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The list of strategies, and bars from a program of the operator's.
struct StrategiesTests {
  private static let example = "\(Program.packageRoot)/scripts/examples/moving_average_cross"

  private func program() throws -> Program {
    let program = try Program()
    let text = try String(contentsOfFile: "\(Self.example).json", encoding: .utf8)
      .replacingOccurrences(of: "/opt/strategies/moving_average_cross", with: Self.example)
    try program.directory.write(text, to: "config/prepaper/strategies.d/moving_average_cross.json")
    return program
  }

  @Test func `those of prepaper and those of the operator are listed`() throws {
    let program = try program()
    try program.directory.write("{}", to: "config/prepaper/strategies.d/broken.json")

    let json = try program.run("strategies", "--json")
    let text = try program.run("strategies")

    #expect(json.status == 0, "\(json.errors)")
    guard case .array(let strategies)? = try json.json["strategies"],
      case .array(let unusable)? = try json.json["unusable"]
    else {
      Issue.record("no lists: \(json.output)")
      return
    }
    #expect(strategies.first?["key"] == "insidebar_intraday")
    #expect(strategies.first?["kind"] == "built_in")
    let own = strategies.last
    #expect(own?["key"] == "moving_average_cross")
    #expect(own?["kind"] == "registered")
    #expect(own?["warmup_bars"] == .integer(100))
    #expect(own?["limits"]?["memory_mib"] == .integer(512))
    guard case .array(let parameters)? = own?["parameters"] else {
      Issue.record("no parameters: \(json.output)")
      return
    }
    #expect(parameters.map { $0["name"] } == ["fast", "slow", "stop", "target"])
    #expect(parameters.first?["default"] == .integer(10))
    #expect(unusable.map { $0["name"] } == ["broken"])
    #expect(text.status == 0)
    #expect(
      text.output.contains("moving_average_cross         -                   operator  M5,M15,M30,H1,D1  100      4"))
    #expect(text.errors.contains("broken.json: command, version and warmup_bars are missing"))
  }

  @Test func `one of them is shown with its parameters`() throws {
    let program = try program()

    let text = try program.run("strategies", "show", "moving_average_cross")
    let json = try program.run("strategies", "show", "insidebar_intraday", "--json")
    let unknown = try program.run("strategies", "show", "nothing", "--json")

    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("bars of the fast mean"))
    #expect(text.output.contains("60 s of CPU time, 512 MiB, 120 s"))
    #expect(try json.json["strategy"]?["key"] == "insidebar_intraday")
    #expect(unknown.status == 65)
    #expect(try unknown.errorCode == "unknown_strategy")
  }

  @Test func `a run takes its bars from a registered program`() throws {
    let program = try program()
    try program.write(backtest: "B")
    let made = try program.run("run", "--backtest-run-id", "B", "--run-id", "MADE")
    #expect(made.status == 0, "\(made.errors)")
    try program.directory.write(
      #"{"kind": "exec", "command": ["/bin/cat", "\#(program.artifacts)/prepaper/MADE/bars/HOOD.M1.csv"]}"#,
      to: "config/prepaper/sources.d/plain.json")
    // `cat` takes no such options: what is run is a script that leaves them alone.
    try program.directory.write(
      """
      echo "asked: $*" >&2
      cat '\(program.artifacts)/prepaper/MADE/bars/HOOD.M1.csv'
      """, to: "bars.sh")
    try program.directory.write(
      #"{"kind": "exec", "command": ["/bin/sh", "\#(program.directory.path)/bars.sh"], "adjustment": "split"}"#,
      to: "config/prepaper/sources.d/own.json")
    try program.directory.write("", to: "signals.db")
    let real = ["MARKETDATA_PROVIDER": "real", "SIGNALS_DB_PATH": "signals.db"]

    let run = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "OWN", "--replay-date", "2025-12-15",
      environment: real.merging(["BARS_SOURCE": "exec:own"]) { $1 })
    let failed = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "PLAIN", "--replay-date", "2025-12-15", "--json",
      environment: real.merging(["BARS_SOURCE": "exec:plain"]) { $1 })
    let missing = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "NONE", "--json",
      environment: real.merging(["BARS_SOURCE": "exec:none"]) { $1 })

    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("exec:own: asked: --symbol HOOD --timeframe M1 --from 2025-"))
    let manifest = try program.directory.read("artifacts/prepaper/OWN/run_manifest.json")
    #expect(manifest.contains(#""source": "exec""#))
    #expect(manifest.contains(#""adjustment": "split""#))
    #expect(failed.status == 75)
    #expect(try failed.errorCode == "provider_unavailable")
    #expect(missing.status == 78)
    #expect(missing.errors.contains("there is no none.json in /etc/prepaper/sources.d or "))
  }

  @Test func `a run of the operator's strategy gives the same here and in a worker`() throws {
    let program = try program()
    var manifest = Program.manifest("B", timeframe: "M5", minutes: 5)
    manifest["strategy"] = .object(["key": "moving_average_cross", "impl_version": "1.0", "profile_version": "1.0"])
    manifest["params"] = .object(["fast": .integer(3), "slow": .integer(8)])
    try program.write(backtest: "B", manifest)

    let here = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15")
    let first = try program.directory.read("artifacts/prepaper/R/run_manifest.json")
    let submitted = try program.run(
      "submit", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15")
    let worked = try program.run("worker", "--drain")
    let second = try program.directory.read("artifacts/prepaper/R/run_manifest.json")

    #expect(here.status == 0, "\(here.errors)")
    #expect(submitted.status == 0, "\(submitted.errors)")
    #expect(worked.status == 0, "\(worked.errors)")
    #expect(try program.state("R") == "succeeded")
    #expect(first == second)
    #expect(first.contains(#""key": "moving_average_cross""#))
    #expect(first.contains(#""stop": 0.01"#))
    let plan = try program.directory.read("artifacts/prepaper/R/plan.json")
    #expect(plan.contains(#""reason": "means crossed""#))
  }

  @Test func `a strategy that fails tells why, and what it said`() throws {
    let program = try program()
    try program.directory.write("echo 'cannot find my model' >&2; exit 3\n", to: "failing.sh")
    try program.directory.write(
      #"{"command": ["/bin/sh", "\#(program.directory.path)/failing.sh"], "version": "1", "warmup_bars": 1}"#,
      to: "config/prepaper/strategies.d/failing.json")
    var manifest = Program.manifest("B", timeframe: "M5", minutes: 5)
    manifest["strategy"] = .object(["key": "failing", "impl_version": "1.0", "profile_version": "1.0"])
    manifest["params"] = .object([:])
    try program.write(backtest: "B", manifest)

    let result = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json")

    #expect(result.status == 1)
    #expect(try result.errorCode == "strategy_failed")
    #expect(result.errors.contains("strategy: cannot find my model"))
    #expect(result.errors.contains("ended with status 3; the end of its stderr: cannot find my model"))
    #expect(!FileManager.default.fileExists(atPath: "\(program.artifacts)/prepaper/R"))
  }

  @Test func `a run that is killed takes its strategy with it`() throws {
    let program = try program()
    try program.directory.write("trap '' TERM; echo $$ >&2; while :; do sleep 1; done\n", to: "hanging.sh")
    try program.directory.write(
      #"{"command": ["/bin/sh", "\#(program.directory.path)/hanging.sh"], "version": "1", "warmup_bars": 1}"#,
      to: "config/prepaper/strategies.d/hanging.json")
    var manifest = Program.manifest("B", timeframe: "M5", minutes: 5)
    manifest["strategy"] = .object(["key": "hanging", "impl_version": "1.0", "profile_version": "1.0"])
    manifest["params"] = .object([:])
    try program.write(backtest: "B", manifest)
    let run = try program.start(["run", "--backtest-run-id", "B", "--run-id", "R"])
    var strategy: Int32?
    try eventually("the strategy runs") {
      strategy = try run.errorsSoFar.firstMatch(of: /strategy: ([0-9]+)/).flatMap { Int32($0.1) }
      return strategy != nil
    }

    run.send(SIGKILL)
    let end = try run.wait()

    let processID = try #require(strategy)
    #expect(end.status == 128 + SIGKILL)
    try eventually("the strategy is gone") { !Processes.isAlive(processID) }
  }
}
