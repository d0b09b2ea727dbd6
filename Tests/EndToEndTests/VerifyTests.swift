import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `a published run that is verified` {
  private static let folder = "artifacts/prepaper/R"

  /// A house with the run R, made now and here.
  private func house() throws -> Program {
    let program = try Program()
    try program.write(backtest: "B")
    let run = try program.run("run", "--backtest-run-id", "B", "--run-id", "R")
    #expect(run.status == 0, "\(run.errors)")
    return program
  }

  private func verify(_ program: Program) throws -> ProgramResult { try program.run("verify", "R", "--json") }

  /// The checks that do not hold, with what is wrong.
  private func problems(_ result: ProgramResult) throws -> [String: String] {
    guard case .array(let runs)? = try result.json["runs"], case .array(let checks)? = runs.first?["checks"] else {
      return [:]
    }
    let broken = checks.filter { $0["holds"] == .bool(false) }
    return Dictionary(
      uniqueKeysWithValues: broken.map { ($0["name"]?.stringValue ?? "", $0["problem"]?.stringValue ?? "") })
  }

  @Test func `holds in every point, each on a line, and nothing is changed`() throws {
    let program = try house()
    let before = try program.files()

    let result = try program.run("verify", "R")

    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(
      lines.dropLast().map { $0.split(separator: " ").last ?? "" } == [
        "run_manifest.json", "definition", "plan.json", "signals_export.json", "bars/HOOD.M1.csv", "report.html",
        "marketdata_data_hash",
        "files", "backtest", "orders", "export", "signals",
      ])
    #expect(lines.last == "1 of 1 runs hold")
    #expect(try program.files() == before)
  }

  @Test func `holds without signals too`() throws {
    let program = try Program([
      "MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars", "SIGNALS_DB_PATH": "signals.db",
    ])
    try program.write(backtest: "B")
    try program.directory.write(
      "ts,open,high,low,close,volume\n2025-12-15T14:30:00Z,10,10.5,9.5,10,100\n", to: "bars/HOOD.M1.csv")
    let run = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15")
    #expect(run.status == 5, "\(run.errors)")

    #expect(try verify(program).status == 0)
  }

  @Test(arguments: [
    "plan.json", "signals_export.json", "bars/HOOD.M1.csv", "run_manifest.json", "run_meta.json", "report.html",
  ])
  func `is named with the file in which one byte is another`(file: String) throws {
    let program = try house()
    let path = "\(program.directory.path)/\(Self.folder)/\(file)"
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    var random = SeededRandom(seed: 7)

    for _ in 0..<20 {
      var changed = bytes
      changed[random.pick(bytes.count)] ^= UInt8(1 << random.pick(8))
      try Data(changed).write(to: URL(fileURLWithPath: path))
      let result = try verify(program)

      #expect(result.status == 1, "\(result.output)")
      let found = try problems(result)
      #expect(found.keys.contains(file) || (file.hasPrefix("run_m") && found.keys.contains("definition")), "\(found)")
    }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    #expect(try verify(program).status == 0)
  }

  @Test(arguments: [
    ("DELETE FROM signals WHERE rowid = 1", "signals", "is not there"),
    ("UPDATE signals SET payload_json = replace(payload_json, 'BUY', 'SELL')", "signals", "has another side there"),
    ("UPDATE signals SET payload_json = 'x' WHERE rowid = 1", "signals", "not JSON"),
    ("UPDATE signals SET ts = '2025-12-15T14:31:00+00:00' WHERE rowid = 1", "signals", "has another ts"),
    (
      """
      INSERT INTO signals (lab, run_id, source_tag, ts, symbol, idempotency_key, payload_json, created_at)
      SELECT lab, run_id, source_tag, ts, symbol, 'another', payload_json, created_at FROM signals LIMIT 1
      """, "signals", "signal another of HOOD"
    ),
  ])
  func `differs from a store in which somebody has written`(sql: String, check: String, words: String) throws {
    let program = try house()
    _ = try program.query("state/prepaper/signals_fake.db", sql)

    let result = try verify(program)

    #expect(result.status == 1)
    let found = try problems(result)
    #expect(found.keys.sorted() == [check])
    #expect(found[check]?.contains(words) == true, "\(found)")
  }

  /// Edits a JSON file of the run, and writes it as prepaper would.
  private func edit(_ program: Program, _ file: String, _ change: (inout [String: JSONValue]) -> Void) throws {
    let json = try JSONParser.parse(Array(program.directory.read("\(Self.folder)/\(file)").utf8))
    guard case .object(var members) = json else { return }
    change(&members)
    try program.directory.write(
      String(decoding: CanonicalJSON.pretty(.object(members)), as: UTF8.self), to: "\(Self.folder)/\(file)")
  }

  @Test func `differs where a manifest was edited by hand with care`() throws {
    let program = try house()
    try edit(program, "run_manifest.json") { $0["params"] = .object(["risk_reward_ratio": .double(3)]) }

    let found = try problems(verify(program))

    #expect(found.keys.sorted() == ["definition"])
    #expect(found["definition"]?.contains("it was edited") == true)
  }

  @Test func `differs where bars were exchanged together with their digest`() throws {
    let program = try house()
    let bars = try program.directory.read("\(Self.folder)/bars/HOOD.M1.csv").replacing(".5,", with: ".6,")
    try program.directory.write(bars, to: "\(Self.folder)/bars/HOOD.M1.csv")
    try edit(program, "run_manifest.json") { manifest in
      guard case .object(var inputs)? = manifest["inputs"], case .array(var list)? = inputs["bars"],
        case .object(var file)? = list.first
      else { return }
      file["sha256"] = .string(sha256Hex(bars))
      list[0] = .object(file)
      inputs["bars"] = .array(list)
      manifest["inputs"] = .object(inputs)
    }

    #expect(try problems(verify(program)).keys.sorted() == ["definition", "marketdata_data_hash"])
  }

  @Test func `is not led out of its folder by a manifest`() throws {
    let program = try house()
    try program.directory.write("secret\n", to: "secret.csv")
    try edit(program, "run_manifest.json") { manifest in
      guard case .object(var inputs)? = manifest["inputs"] else { return }
      inputs["bars"] = [
        .object([
          "symbol": "HOOD", "path": "bars/../../../../secret.csv", "rows": .integer(0),
          "sha256": .string(sha256Hex("secret\n")),
        ])
      ]
      manifest["inputs"] = .object(inputs)
    }

    let found = try problems(verify(program))

    #expect(
      found["run_manifest.json"]
        == "inputs.bars[0].path must be bars/HOOD.TIMEFRAME.csv, is 'bars/../../../../secret.csv'")
    #expect(found.keys.sorted() == ["definition", "run_manifest.json"])
    #expect(!found.keys.contains { $0.contains("secret") })
  }

  @Test func `differs where an order's key is not its own, though all digests were made to fit`() throws {
    let program = try house()
    var planHash = ""
    try edit(program, "plan.json") { plan in
      guard case .array(var orders)? = plan["orders"], case .object(var order)? = orders.first else { return }
      order["entry_price"] = .double(1)
      orders[0] = .object(order)
      plan["orders"] = .array(orders)
      planHash = sha256Hex(CanonicalJSON.pretty(.object(plan)))
    }
    try edit(program, "run_manifest.json") { manifest in
      guard case .object(var outputs)? = manifest["outputs"] else { return }
      outputs["plan_hash"] = .string(planHash)
      manifest["outputs"] = .object(outputs)
    }

    let found = try problems(verify(program))

    #expect(found.keys.sorted() == ["definition", "export", "orders", "signals"])
    #expect(found["orders"]?.contains("is not made of its members") == true)
    #expect(found["export"]?.contains("has another entry_price") == true)
  }

  @Test func `differs where a file is missing, or one too many, or the backtest is another`() throws {
    let program = try house()
    try FileManager.default.removeItem(atPath: "\(program.directory.path)/\(Self.folder)/signals_export.json")
    try program.directory.write("x", to: "\(Self.folder)/bars/NOTE.txt")
    try program.write(backtest: "B", Program.manifest("B", symbol: "SPY"))

    let found = try problems(verify(program))

    #expect(found.keys.sorted() == ["backtest", "export", "files", "signals_export.json"])
    #expect(found["files"] == "bars/NOTE.txt is no file of this run")
  }

  @Test func `does not keep others from being looked at where it cannot be read`() throws {
    let program = try house()
    #expect(try program.run("run", "--backtest-run-id", "B", "--run-id", "S").status == 0)
    let plan = "\(program.directory.path)/\(Self.folder)/plan.json"
    try FileManager.default.removeItem(atPath: plan)
    try FileManager.default.createDirectory(atPath: plan, withIntermediateDirectories: false)

    let all = try program.run("verify", "--all")

    #expect(all.status == 1)
    let lines = all.output.split(separator: "\n")
    #expect(lines.count == 3, "\(all.output)")
    #expect(lines.first?.hasPrefix("DIFFERS  R  run: cannot read ") == true, "\(all.output)")
    #expect(lines.dropFirst().first == "ok       S")
    #expect(lines.last == "1 of 2 runs hold")
  }

  @Test func `is looked at with all others by --all, which names what differs`() throws {
    let program = try house()
    #expect(try program.run("run", "--backtest-run-id", "B", "--run-id", "S").status == 0)
    try program.directory.write("{}", to: "artifacts/prepaper/S/plan.json")

    let result = try program.run("verify", "--all")

    #expect(result.status == 1)
    #expect(result.output.hasPrefix("ok       R\nDIFFERS  S  plan.json: has the hash "), "\(result.output)")
    #expect(result.output.hasSuffix("1 of 2 runs hold\n"))
  }

  @Test(arguments: [(["R"], 3, "no run R is published"), ([], 64, "Say which runs"), (["../R"], 64, "'../R'")])
  func `must be there`(runs: [String], status: Int, words: String) throws {
    let program = try Program()
    try program.write(backtest: "B")

    let result = try program.start(["verify"] + runs).wait()

    #expect(result.status == Int32(status))
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
