import Foundation
import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `bad input is named, has its exit code, and leaves nothing` {
  /// What is wrong with a backtest's manifest.
  struct BadManifest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let message: String
    let text: @Sendable () -> String
  }

  static let manifests: [BadManifest] = [
    BadManifest(testDescription: "not JSON", code: "manifest_invalid", message: "line 1, column 2") { "{nonsense" },
    BadManifest(testDescription: "a field lacks", code: "manifest_invalid", message: "data.symbol is missing") {
      changed { $0["data"] = .object(["requested_tf": "M15"]) }
    },
    BadManifest(testDescription: "neither shape", code: "manifest_invalid", message: "identity.run_id, strategy.key, ")
    { "{}" },
    BadManifest(testDescription: "unknown strategy", code: "unknown_strategy", message: "'martingale'") {
      changed { $0["strategy"] = .object(["key": "martingale", "impl_version": "1"]) }
    },
    BadManifest(testDescription: "unknown parameter", code: "params_invalid", message: "'risk_reward_ration'") {
      changed {
        $0["params"] = .object([
          "inside_bar_definition_mode": "mb_range_hl__ib_hl", "timeframe_minutes": .integer(15),
          "risk_reward_ration": .double(2),
        ])
      }
    },
    BadManifest(testDescription: "failed backtest", code: "backtest_not_approved", message: "--allow-unapproved") {
      changed { $0["result"] = .object(["run_status": "failed"]) }
    },
  ]

  private static func changed(_ change: (inout [String: JSONValue]) -> Void) -> String {
    var manifest = Program.manifest("B")
    change(&manifest)
    return String(decoding: CanonicalJSON.pretty(.object(manifest)), as: UTF8.self)
  }

  @Test(arguments: manifests) func `a manifest that cannot be taken`(_ bad: BadManifest) throws {
    let program = try Program()
    try program.directory.write(bad.text(), to: "artifacts/backtests/B/run_manifest.json")

    let result = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json")

    #expect(result.status == 65)
    #expect(try result.errorCode == bad.code)
    #expect(result.errors.contains(bad.message), "\(result.errors)")
    #expect(try program.files(below: "artifacts") == ["backtests", "backtests/B", "backtests/B/run_manifest.json"])
  }

  static let arguments: [([String], Int32, String)] = [
    (["run", "--backtest-run-id", "B", "--run-id", "../x"], 64, "usage"),
    (["run", "--backtest-run-id", "a/b", "--run-id", "R"], 64, "usage"),
    (["run", "--backtest-run-id", "B", "--run-id", ""], 64, "usage"),
    (["submit", "--backtest-run-id", "B", "--run-id", "a\nb"], 64, "usage"),
    (["status", "../x"], 64, "usage"),
    (["retry"], 64, "usage"),
    (["list", "--state", "asleep"], 64, "usage"),
    (["submit", "--backtest-run-id", "B", "--run-id", "R", "--max-attempts", "0"], 64, "usage"),
    (["run", "--backtest-run-id", "B", "--run-id", "R", "--from", "2025-12-15"], 64, "usage"),
    (["run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "15.12.2025"], 64, "usage"),
    (
      ["run", "--backtest-run-id", "B", "--run-id", "R", "--from", "2025-12-16", "--to", "2025-12-15"], 65,
      "params_invalid"
    ),
    (["run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "1990-01-02"], 65, "params_invalid"),
    (["run", "--backtest-run-id", "NONE", "--run-id", "R"], 66, "manifest_not_found"),
    (["run", "--backtest-run-id", "B", "--run-id", "R", "--artifacts-root", "nowhere"], 66, "artifacts_root_missing"),
    (
      ["submit", "--backtest-run-id", "B", "--run-id", "R", "--artifacts-root", "a-file"], 66, "artifacts_root_missing"
    ),
    (["run", "--backtest-run-id", "B", "--run-id", "R", "--log-level", "loud"], 78, "configuration"),
  ]

  @Test(arguments: arguments)
  func `arguments that cannot be taken`(_ arguments: [String], _ status: Int32, _ code: String) throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.directory.write("", to: "a-file")

    let result = try program.start(arguments + ["--json"]).wait()

    #expect(result.status == status)
    #expect(try result.errorCode == code)
    #expect(!result.errors.isEmpty)
    #expect(try !program.files().contains { $0.contains("/R") || $0.contains("queue.db") })
  }

  @Test(arguments: [
    ["MARKETDATA_PROVIDER": "Fake"], ["MARKETDATA_PROVIDER": "live"],
    ["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "parquet:x"], ["PREPAPER_LOG_LEVEL": "loud"],
  ]) func `settings that cannot be taken`(_ environment: [String: String]) throws {
    let program = try Program(environment)
    try program.write(backtest: "B")

    let run = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json")
    let worker = try program.run("worker", "--drain")

    #expect(run.status == 78)
    #expect(try run.errorCode == "configuration")
    #expect(worker.status == 78)
    #expect(try !program.files().contains { $0.contains("/R") })
  }

  @Test func `a state directory that cannot be made keeps a worker from starting, and its runs wait`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let queue = "\(program.directory.path)/queue.db"
    let submitted = try program.run("submit", "--backtest-run-id", "B", "--run-id", "R", "--queue-db", queue)
    #expect(submitted.status == 0, "\(submitted.errors)")
    let file = try program.directory.write("", to: "no-directory")

    let worker = try program.run("worker", "--drain", "--queue-db", queue, environment: ["XDG_STATE_HOME": file])

    #expect(worker.status == 73)
    #expect(worker.errors.contains("cannot make the state directory"), "\(worker.errors)")
    #expect(try program.query(queue, "SELECT state, attempt FROM jobs") == "queued|0")
  }

  static let header = "ts,open,high,low,close,volume"
  static let bars: [(String, String)] = [
    ("ts,open,high,low,last,volume\n", "line 1: column 'close' is missing"),
    ("\(header)\n2025-12-15T14:31:00Z,1,1,1,1,1\n2025-12-15T14:30:00Z,1,1,1,1,1\n", "line 3: time"),
    ("\(header)\n2025-12-15T14:30:00Z,1,1,1,1,1\n2025-12-15T14:30:00Z,1,1,1,1,1\n", "stands twice"),
    ("\(header)\n2025-12-15T14:30:00Z,1,nan,1,1,1\n", "line 2:"),
    ("\(header)\n2025-12-15T14:30:00Z,2,1,1,2,1\n", "line 2: high 1.0 is below open or close"),
    ("\(header)\n2025-12-15T14:30:00Z,1,1,1,1\n", "line 2: 5 fields"),
  ]

  @Test(arguments: bars) func `bars that cannot be`(_ csv: String, _ message: String) throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars"])
    try program.write(backtest: "B")
    let file = try program.directory.write(csv, to: "bars/HOOD.M1.csv")

    let result = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "R", "--json",
      environment: ["SIGNALS_DB_PATH": "\(program.directory.path)/signals.db"])

    #expect(result.status == 65)
    #expect(try result.errorCode == "bars_invalid")
    #expect(result.errors.contains(file) && result.errors.contains(message), "\(result.errors)")
    #expect(try !program.files().contains { $0.contains("prepaper/R") || $0 == "signals.db" })
  }

  @Test(.enabled(if: geteuid() == 0, "skipped: only root can become somebody else"))
  func `an artifacts root that may not be read is named`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let copy = "\(program.directory.path)/prepaper"
    try FileManager.default.copyItem(atPath: Program.path, toPath: copy)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.artifacts)

    for command in ["run", "submit"] {
      let result = try program.tool(
        "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy, command, "--backtest-run-id", "B",
        "--run-id", "R", "--json")

      #expect(result.status == 66)
      #expect(try result.errorCode == "artifacts_root_missing")
      #expect(result.errors.contains("\(program.artifacts) cannot be read; check its permissions"), "\(result.errors)")
    }
  }

  @Test func `a symbol without bars names the file that was tried`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars"])
    try program.write(backtest: "B")

    let result = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json")

    #expect(result.status == 66)
    #expect(try result.errorCode == "symbol_unknown")
    #expect(result.errors.contains("\(program.directory.path)/bars/HOOD.M1.csv"))
  }

  @Test func `a foreign signals table is refused with what it lacks, and stays as it is`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    try program.write(backtest: "B")
    let signals = "\(program.directory.path)/signals.db"
    _ = try program.query(signals, "CREATE TABLE signals (id INTEGER PRIMARY KEY, ts TEXT, symbol TEXT)")
    let before = try Data(contentsOf: URL(fileURLWithPath: signals))

    let result = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "R", "--json", environment: ["SIGNALS_DB_PATH": signals])

    #expect(result.status == 65)
    #expect(try result.errorCode == "signals_schema_foreign")
    #expect(result.errors.contains("lacks lab, run_id, source_tag, idempotency_key, payload_json, created_at"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: signals)) == before)
    #expect(try program.files(below: "artifacts/prepaper") == [".staging"])
  }

  @Test(arguments: [
    ("PRAGMA application_id = 1347440945; PRAGMA user_version = 99;", 78, "schema_newer"),
    ("CREATE TABLE signals (id INTEGER);", 78, "schema_foreign"),
  ]) func `a queue file of something else stays as it is`(_ sql: String, _ status: Int32, _ code: String) throws {
    let program = try Program(["PREPAPER_QUEUE_DB": "other.db"])
    try program.write(backtest: "B")
    _ = try program.query("other.db", sql)

    for arguments in [["submit", "--backtest-run-id", "B", "--run-id", "R"], ["status", "R"], ["list"]] {
      let result = try program.start(arguments + ["--json"]).wait()

      #expect(result.status == status)
      #expect(try result.errorCode == code)
    }
    #expect(try program.query("other.db", "SELECT count(*) FROM sqlite_master WHERE name = 'jobs'") == "0")
  }

  @Test func `a corrupt queue file is named and stays as it is`() throws {
    let program = try Program(["PREPAPER_QUEUE_DB": "queue.db"])
    try program.write(backtest: "B")
    let garbage = String(repeating: "this is no database. ", count: 400)
    try program.directory.write(garbage, to: "queue.db")

    for arguments in [["submit", "--backtest-run-id", "B", "--run-id", "R", "--json"], ["worker", "--drain"]] {
      let result = try program.start(arguments).wait()

      #expect(result.status == 65)
      #expect(result.errors.contains("\(program.directory.path)/queue.db"), "\(result.errors)")
    }
    #expect(try program.directory.read("queue.db") == garbage)
  }
}
