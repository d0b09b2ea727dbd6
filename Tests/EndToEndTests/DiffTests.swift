import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `two runs that are compared` {
  /// A house with the runs A and B of one backtest, B with other parameters where some are given.
  private func house(_ parameters: [String: JSONValue] = [:]) throws -> Program {
    let program = try Program()
    try program.write(backtest: "B1")
    var other = Program.manifest("B2")
    if case .object(let members)? = other["params"] {
      other["params"] = .object(members.merging(parameters) { $1 })
    }
    try program.write(backtest: "B2", other)
    for (run, backtest) in [("A", "B1"), ("B", parameters.isEmpty ? "B1" : "B2")] {
      let result = try program.run("run", "--backtest-run-id", backtest, "--run-id", run)
      #expect(result.status == 0, "\(result.errors)")
    }
    return program
  }

  @Test func `are the same but for their ids`() throws {
    let program = try house()

    let result = try program.run("diff", "A", "B")

    #expect(result.status == 0, "\(result.output)")
    #expect(result.output == "orders: 2 the same, 0 removed, 0 added, 0 changed\ndefinition: the same\n")
  }

  @Test func `differ in a parameter, and in what comes of it`() throws {
    let program = try house(["risk_reward_ratio": .double(3)])

    let text = try program.run("diff", "A", "B")
    let json = try program.run("diff", "A", "B", "--json")

    #expect(text.status == 1)
    #expect(json.status == 1)
    let lines = text.output.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("~ ") && $0.contains(": tp ") }.count == 2, "\(text.output)")
    #expect(lines.contains("orders: 0 the same, 0 removed, 0 added, 2 changed"))
    #expect(lines.contains("  params.risk_reward_ratio 2.0 → 3.0"))
    #expect(lines.contains("  identity.source_backtest_run_id B1 → B2"))
    let answer = try json.json
    #expect(answer["same"] == .bool(false))
    guard case .array(let changed)? = answer["orders"]?["changed"],
      case .array(let changes)? = changed.first?["changes"]
    else {
      Issue.record("no changed orders: \(json.output)")
      return
    }
    #expect(changes.map { $0["path"] } == ["tp"])
    #expect(changed.count == 2)
  }

  @Test func `differ in orders that one of them does not have`() throws {
    let program = try house()
    let path = "artifacts/prepaper/B/plan.json"
    guard case .object(var plan) = try JSONParser.parse(Array(program.directory.read(path).utf8)),
      case .array(var orders)? = plan["orders"], case .object(var order)? = orders.first
    else {
      Issue.record("no plan")
      return
    }
    order["ts"] = "2025-12-15T20:00:00+00:00"
    orders[0] = .object(order)
    plan["orders"] = .array(orders)
    try program.directory.write(String(decoding: CanonicalJSON.pretty(.object(plan)), as: UTF8.self), to: path)

    let result = try program.run("diff", "A", "B")

    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("- 2025-12-15T19:45:00+00:00 BUY HOOD "), "\(result.output)")
    #expect(lines[1].hasPrefix("+ 2025-12-15T20:00:00+00:00 BUY HOOD "))
    #expect(lines[2] == "orders: 1 the same, 1 removed, 1 added, 0 changed")
  }

  @Test func `may lie below two roots`() throws {
    let program = try house()
    try FileManager.default.moveItem(
      atPath: "\(program.directory.path)/artifacts/prepaper/B", toPath: "\(program.directory.path)/B")
    try program.directory.write("", to: "other/prepaper/.keep")
    try FileManager.default.moveItem(
      atPath: "\(program.directory.path)/B", toPath: "\(program.directory.path)/other/prepaper/B")

    #expect(try program.run("diff", "A", "B", "--other-root", "other").status == 0)
    let missing = try program.run("diff", "A", "B")
    #expect(missing.status == 66)
    #expect(missing.errors.contains("no run B is published"))
  }
}
