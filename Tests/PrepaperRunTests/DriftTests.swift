import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun
import PrepaperTestSupport
import Testing

/// A run's signals held against those of its backtest, or of another run.
@Suite struct DriftTests {
  private static let header =
    "template_id,signal_ts,symbol,side,oco_group_id,entry_price,stop_price,take_profit_price,strategy_id,"
    + "strategy_version"

  /// A run of a week, its orders, and a report of it against rows that the orders were made into.
  private struct Held {
    let bench: RunBench
    let orders: [JSONValue]

    func report(_ rows: [String]) throws -> DriftReport {
      try bench.directory.write(
        ([DriftTests.header] + rows).joined(separator: "\n") + "\n",
        to: "artifacts/backtests/\(Backtest().runID)/events_intent.csv")
      let root = ArtifactsRoot(path: bench.root)
      let reference = try #require(try DriftReference(backtest: run(Backtest().runID), in: root))
      return try DriftReport(DriftSubject(run: run("run-1"), in: root, archive: CSVBarArchive()), reference)
    }
  }

  private func held(options: RunOptions = RunOptions(), backtest: Backtest = Backtest()) async throws -> Held {
    let bench = try RunBench(backtest)
    let run = try await bench.publish(bench.request(window: days("2025-12-08", "2025-12-13"), options: options))
    return Held(bench: bench, orders: try run.json("plan.json").list("orders"))
  }

  /// An order as a row of the backtest's file.
  private static func row(
    _ order: JSONValue, later: Int = 0, entry: Double = 0, symbol: String? = nil, version: String = "1.0.1"
  ) throws -> String {
    let time = try instant(order["ts"]?.stringValue ?? "") + .seconds(later)
    let numbers = ["entry_price", "sl", "tp"].map { (order[$0]?.doubleValue ?? 0) + entry }
    return [
      "t", time.iso8601, symbol ?? order["symbol"]?.stringValue ?? "", order["side"]?.stringValue ?? "", "g",
      "\(numbers[0])", "\(numbers[1])", "\(numbers[2])", "insidebar_intraday", version,
    ].joined(separator: ",")
  }

  private func kinds(_ report: DriftReport) -> [DriftEntry.Cause.Kind] { report.entries.compactMap(\.cause?.kind) }

  @Test func `the same signals match, and nothing drifts`() async throws {
    let held = try await held()

    let report = try held.report(held.orders.map { try Self.row($0) })

    #expect(held.orders.count > 6)
    #expect(report.count(.matched) == held.orders.count)
    #expect(report.drift == 0)
    #expect(report.entries.allSatisfy { $0.cause == nil })
  }

  @Test func `another price is told with its distance, and with the version where that differs`() async throws {
    let held = try await held()
    var rows = try held.orders.map { try Self.row($0) }
    rows[0] = try Self.row(held.orders[0], entry: -0.5)
    rows[1] = try Self.row(held.orders[1], entry: 0.25, version: "0.9.0")

    let report = try held.report(rows)

    let first = try #require(report.entries.first)
    #expect(report.count(.priceDiffers) == 2)
    #expect(report.drift == 2 / Double(held.orders.count))
    #expect(first.status == .priceDiffers)
    #expect(first.differences.map(\.name) == ["entry_price", "sl", "tp"])
    #expect(abs((first.differences[0].absolute ?? 0) - 0.5) < 1e-9)
    let entry = try #require(held.orders[0]["entry_price"]?.doubleValue)
    #expect(abs((first.differences[0].basisPoints ?? 0) - 0.5 / (entry - 0.5) * 1e4) < 0.01)
    #expect(kinds(report) == [.unknown, .parameterDiffers])
    #expect(
      report.entries[1].cause?.text
        == "the strategy's version is 1.0.1 in the backtest's manifest, 0.9.0 in its signals")
  }

  @Test func `what only one of them has is told, and what lies outside is no drift`() async throws {
    let held = try await held()
    var rows = try held.orders.dropFirst(2).map { try Self.row($0) }
    // The same patterns in the week before, and of a symbol that the run has not.
    rows += try held.orders.prefix(2).map { try Self.row($0, later: -7 * 86_400) }
    rows.append(try Self.row(held.orders[4], symbol: "SPY"))
    rows.append(try Self.row(held.orders[4], later: 1800, entry: 3))

    let report = try held.report(rows)

    #expect(report.count(.matched) == held.orders.count - 2)
    #expect(report.count(.onlyHere) == 2)
    #expect(report.count(.onlyThere) == 1)
    #expect(report.outside == 3)
    #expect(report.drift == 3 / Double(held.orders.count + 1))
    let texts = report.entries.filter(\.isOutside).compactMap(\.cause?.text)
    #expect(texts.contains("the run has no SPY"))
    #expect(texts.contains { $0.contains("is not in the run's window, 2025-12-08T05:00:00Z to 2025-12-13T05:00:00Z") })
  }

  @Test func `of several decisions at one instant those with the same prices belong together`() async throws {
    let held = try await held()
    let rows = try [Self.row(held.orders[0], entry: 1)] + held.orders.map { try Self.row($0) }

    let report = try held.report(rows)

    #expect(report.count(.matched) == held.orders.count)
    #expect(report.count(.onlyThere) == 1)
    #expect(report.count(.priceDiffers) == 0)
  }

  @Test func `what the backtest could not see is no drift`() async throws {
    let bench = try RunBench()
    let run = try await bench.publish(bench.request())
    let held = Held(bench: bench, orders: try run.json("plan.json").list("orders"))

    let report = try held.report(["t,2025-12-10T16:00:00+00:00,HOOD,BUY,g,1.5,,,insidebar_intraday,1.0.1"])

    #expect(held.orders.count > 1)
    #expect(report.outside == held.orders.count + 1)
    #expect(report.compared == 0)
    #expect(report.drift == 0)
    #expect(report.count(.onlyHere) == 0)
    let texts = Set(report.entries.filter { $0.status == .onlyHere }.compactMap(\.cause?.text))
    #expect(texts == ["backtest \(Backtest().runID) goes up to 2025-12-12T21:00:00Z"])
  }

  @Test func `two runs are compared over the days that both have`() async throws {
    let bench = try RunBench()
    _ = try await bench.publish(bench.request("run-1", window: days("2025-12-08", "2025-12-13")))
    _ = try await bench.publish(bench.request("run-2", window: days("2025-12-10", "2025-12-11")))
    let root = ArtifactsRoot(path: bench.root)

    let report = try DriftReport(
      DriftSubject(run: run("run-1"), in: root, archive: CSVBarArchive()),
      DriftReference(run: run("run-2"), in: root, archive: CSVBarArchive()))

    #expect(report.count(.matched) > 0)
    #expect(report.outside > 0)
    #expect(report.drift == 0)
    let texts = Set(report.entries.compactMap(\.cause?.text))
    #expect(texts == ["run run-2 begins at 2025-12-10T05:00:00Z", "run run-2 goes up to 2025-12-11T05:00:00Z"])
  }

  @Test func `a reference that decides before the bar is over is found out`() async throws {
    let held = try await held()
    var rows = try held.orders.map { try Self.row($0) }
    rows[0] = try Self.row(held.orders[0], later: -900)

    let report = try held.report(rows)

    #expect(report.count(.onlyHere) == 1)
    #expect(report.count(.onlyThere) == 1)
    #expect(kinds(report) == [.barNotThereYet, .barNotThereYet])
    #expect(report.entries.first?.cause?.text.contains("until then the last bar was not over") == true)
  }

  @Test func `a price of a bar that was not over yet is found out too`() async throws {
    let held = try await held()
    let file = try String(contentsOfFile: "\(held.bench.root)/prepaper/run-1/bars/HOOD.M1.csv", encoding: .utf8)
    let lines = file.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let decided = Set(held.orders.compactMap { $0["ts"]?.stringValue })
    let hour = try #require((15...20).first { !decided.contains("2025-12-10T\($0):00:00+00:00") })
    let known = Set(lines.prefix { $0[0] < "2025-12-10T\(hour):00:00Z" }.flatMap { $0[1...4] })
    let later = lines.filter { $0[0].hasPrefix("2025-12-10T\(hour):0") }
    let bar = try #require(later.first { !known.contains($0[2]) })
    let (time, high) = (bar[0], bar[2])
    var rows = try held.orders.map { try Self.row($0) }
    rows.append("t,2025-12-10T\(hour):00:00+00:00,HOOD,BUY,g,\(high),,,insidebar_intraday,1.0.1")

    let report = try held.report(rows)

    #expect(kinds(report) == [.barNotThereYet])
    #expect(report.entries.first { $0.cause != nil }?.cause?.text.contains("the bar of \(time)") == true)
  }

  @Test func `a pattern that a rule refused here is told with the rule`() async throws {
    let held = try await held()
    let rejects = try JSONParser.parse(
      Array(Data(contentsOf: URL(fileURLWithPath: "\(held.bench.root)/prepaper/run-1/run_meta.json")))
    ).list("rejects")
    let reject = try #require(rejects.first)
    let time = try instant(reject["ts"]?.stringValue ?? "") + .seconds(900)
    var rows = try held.orders.map { try Self.row($0) }
    rows.append("t,\(time.iso8601),HOOD,SELL,g,1.5,,,insidebar_intraday,1.0.1")

    let report = try held.report(rows)

    #expect(kinds(report) == [.rejected])
    let reason = reject["reason"]?.stringValue ?? ""
    #expect(report.entries.contains { $0.cause?.text == "it was seen here and not taken: \(reason)" })
  }

  @Test func `a hole before a decision is its cause`() async throws {
    var backtest = Backtest()
    backtest.seenUntil = nil
    let bench = try RunBench(backtest)
    let hole = TimeSpan(from: try instant("2025-12-15T15:00:00Z"), to: try instant("2025-12-15T15:03:00Z"))
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z", without: hole)
    _ = try await bench.publish(bench.request(), bench.flow(bench.files()))
    let held = Held(bench: bench, orders: [])

    let report = try held.report(["t,2025-12-15T16:00:00+00:00,HOOD,BUY,g,1.5,,,insidebar_intraday,1.0.1"])

    let entry = try #require(report.entries.first { $0.status == .onlyThere })
    #expect(entry.cause?.kind == .hole)
    #expect(entry.cause?.text == "3 M1 bars from 2025-12-15T15:00:00Z on are not there")
  }

  @Test func `what a backtest told after the end of what it has seen counts for nothing`() async throws {
    // Given a run after that end, and signals of the backtest there that the run has not
    var backtest = Backtest()
    backtest.seenUntil = "2025-12-05T21:00:00+00:00"
    let held = try await held(backtest: backtest)
    let rows = try held.orders.map { try Self.row($0, later: 900) }

    let report = try held.report(rows)

    #expect(report.count(.onlyThere) == 0)
    #expect(report.outside == 2 * held.orders.count)
    #expect(report.drift == 0)
    let entry = try #require(report.entries.first { $0.status == .onlyThere })
    #expect(entry.cause?.kind == .outsideWindow)
    #expect(entry.cause?.text.contains("is after the end of what backtest") == true)
  }

  @Test func `prices that sizing rounds are told so`() async throws {
    let held = try await held(options: RunOptions(sizing: "fixed:quantity=1,tick=0.5"))
    let exact = try await self.held()

    let report = try held.report(exact.orders.map { try Self.row($0) })

    #expect(report.count(.priceDiffers) > 0)
    #expect(kinds(report).contains(.parameterDiffers))
    #expect(report.entries.contains { $0.cause?.text == "sizing rounds prices here (fixed:quantity=1,tick=0.5)" })
  }

  @Test func `two runs drift by their parameters or by their bars, and the first of them is named`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    let window = try days("2025-12-08", "2025-12-13")
    _ = try await bench.publish(bench.request("run-1", window: window), bench.flow(bench.files()))
    var other = Backtest()
    other.runID = "wider"
    other.parameters["risk_reward_ratio"] = .double(3)
    try bench.write(other)
    _ = try await bench.publish(bench.request("run-2", window: window, backtest: "wider"), bench.flow(bench.files()))
    // The same bars but for the high of each pattern's first minutes.
    let path = "\(bench.directory.path)/bars/HOOD.M1.csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    let doubled = lines.map { line -> String in
      var fields = line.split(separator: ",").map(String.init)
      guard line.contains("T15:"), let high = Double(fields[2]) else { return line }
      fields[2] = "\(high * 1.5)"
      return fields.joined(separator: ",")
    }
    try doubled.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    _ = try await bench.publish(bench.request("run-3", window: window), bench.flow(bench.files()))
    let root = ArtifactsRoot(path: bench.root)
    let subject = try DriftSubject(run: run("run-1"), in: root, archive: CSVBarArchive())

    let parameters = try DriftReport(subject, DriftReference(run: run("run-2"), in: root, archive: CSVBarArchive()))
    let bars = try DriftReport(subject, DriftReference(run: run("run-3"), in: root, archive: CSVBarArchive()))

    #expect(parameters.count(.priceDiffers) > 0)
    #expect(Set(kinds(parameters)) == [.parameterDiffers])
    #expect(
      parameters.entries.first?.cause?.text == "params.risk_reward_ratio is 2.0 here, 3.0 there",
      "\(parameters.entries.first?.cause?.text ?? "")")
    #expect(bars.drift > 0)
    #expect(kinds(bars).contains(.barsDiffer))
    #expect(
      bars.entries.contains {
        $0.cause?.text.contains("HOOD of 2025-12-0") == true && $0.cause?.text.contains("differs: high is") == true
      })
  }

  @Test func `a run with the backtest's signals beside it leaves its drift, and is the same without them`() async throws
  {
    let held = try await held()
    _ = try held.report(held.orders.dropFirst().map { try Self.row($0) })

    let again = try await held.bench.publish(held.bench.request("run-2", window: days("2025-12-08", "2025-12-13")))

    let drift = try again.json("drift.json")
    #expect(drift.at("counts.only_here") == .integer(1))
    #expect(drift.at("reference.name") == .string(Backtest().runID))
    #expect(drift.at("signals.0.cause.kind") == .string("unknown"))
    #expect(try again.json("run_meta.json").list("artifacts").contains { $0["path"] == .string("drift.json") })
    let first = try String(contentsOfFile: "\(held.bench.root)/prepaper/run-1/run_manifest.json", encoding: .utf8)
    let second = String(decoding: try again.bytes("run_manifest.json"), as: UTF8.self)
    #expect(second == first.replacingOccurrences(of: "run-1", with: "run-2"))
  }
}
