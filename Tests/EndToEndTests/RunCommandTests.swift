import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `prepaper run` {
  @Test func `the lines that operators know come in their order on stderr`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    try program.write(backtest: "B")
    let signals = "\(program.directory.path)/signals.db"

    let result = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "R", environment: ["SIGNALS_DB_PATH": signals])

    #expect(result.status == 0)
    let lines = result.errors.split(separator: "\n").map(String.init)
    #expect(lines.first == "Using RealMarketDataService (signals_db=\(signals))")
    #expect(lines.dropFirst().first == "PrePaper Run: R (source: B)")
    #expect(lines.contains { $0.hasPrefix("warning: BARS_SOURCE is not set: the bars are synthetic") })
    #expect(lines.contains("Signals written: 2, duplicates skipped: 0"))
    #expect(lines.last == "✅ PrePaper run complete: \(program.artifacts)/prepaper/R")
  }

  @Test func `a run leaves the files of the design, and again the same bytes`() throws {
    let program = try Program()
    try program.write(backtest: "B")

    let first = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json")
    let before = try ["plan.json", "run_manifest.json", "signals_export.json", "report.html", "bars/HOOD.M1.csv"].map {
      try program.directory.read("artifacts/prepaper/R/\($0)")
    }
    let second = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json")
    let after = try ["plan.json", "run_manifest.json", "signals_export.json", "report.html", "bars/HOOD.M1.csv"].map {
      try program.directory.read("artifacts/prepaper/R/\($0)")
    }

    #expect(
      try program.files(below: "artifacts/prepaper/R") == [
        "bars", "bars/HOOD.M1.csv", "plan.json", "report.html", "run_manifest.json", "run_meta.json",
        "signals_export.json",
      ])
    #expect(before == after)
    #expect(try first.json["signals"]?["written"] == .integer(2))
    #expect(try second.json["signals"] == .object(["written": .integer(0), "duplicates_skipped": .integer(2)]))
    #expect(try first.json["synthetic"] == .bool(true))
    #expect(try program.files(below: "artifacts/prepaper/.staging") == [])
    #expect(
      try program.query("state/prepaper/signals_fake.db", "SELECT count(*) FROM signals WHERE run_id = 'R'") == "2")
  }

  @Test func `others cannot read what a run writes`() throws {
    let program = try Program()
    try program.write(backtest: "B")

    #expect(try program.run("run", "--backtest-run-id", "B", "--run-id", "R").status == 0)

    for file in ["artifacts/prepaper/R", "artifacts/prepaper/R/plan.json", "state/prepaper/signals_fake.db"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(program.directory.path)/\(file)")
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o007 == 0, "\(file) has mode \(String(mode, radix: 8))")
    }
  }

  @Test func `too little history gives no signals, the reason with numbers, and exit code 5`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    try program.write(backtest: "B")
    // Two hours of one morning, where three sessions are needed.
    var csv = "ts,open,high,low,close,volume\n"
    for minute in 0..<390 {
      let time = UTCTimestamp(rfc3339: "2025-12-15T14:30:00Z").map { $0 + .seconds(60 * minute) }
      csv += "\(try #require(time).rfc3339),10,10.5,9.5,10,100\n"
    }
    try program.directory.write(csv, to: "bars/HOOD.M1.csv")
    let environment = ["BARS_SOURCE": "csv:bars", "SIGNALS_DB_PATH": "\(program.directory.path)/signals.db"]

    let result = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--json", environment: environment)

    #expect(result.status == 5)
    #expect(try result.json["status"] == .string("NO_SIGNALS"))
    let reason = try #require(try result.json["reason"]?.stringValue)
    #expect(reason.contains("expected 1470 M1 bars of HOOD") && reason.contains("missing 1080"), "\(reason)")
    let manifest = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/run_manifest.json").utf8))
    #expect(manifest["result"]?["status"] == .string("NO_SIGNALS"))
    #expect(manifest["history"]?["present_bars"] == .integer(390))
    #expect(
      sha256Hex(try program.directory.read("artifacts/prepaper/R/plan.json"))
        == "4c300b08229a3614317cc7df226b5eb928c0553bce795accc5ad0d10f3f2c7bc")
    #expect(try program.query("signals.db", "SELECT count(*) FROM signals") == "0")
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `a run on real minutes of SPY gives the signals of the golden case`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    let golden = try JSONParser.parse(
      Array(SharedData.read("golden/cases/insidebar_intraday-1.0.1-SPY.json").utf8))
    var manifest = Program.manifest("B", symbol: "SPY", timeframe: "M5")
    manifest["params"] = golden["params"]
    try program.write(backtest: "B", manifest)

    let result = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "R", "--from", "2013-10-07", "--to", "2013-10-12",
      environment: [
        "BARS_SOURCE": "csv:\(SharedData.path)/data/bars", "SIGNALS_DB_PATH": "\(program.directory.path)/signals.db",
      ])

    #expect(result.status == 0, "\(result.errors)")
    let plan = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/plan.json").utf8))
    guard case .array(let orders)? = plan["orders"], case .array(let all)? = golden["signals"] else {
      Issue.record("no orders or no golden signals")
      return
    }
    let wanted = all.filter {
      ($0["ts"]?.stringValue ?? "") >= "2013-10-07" && ($0["ts"]?.stringValue ?? "") < "2013-10-12"
    }
    #expect(!wanted.isEmpty && orders.count == wanted.count)
    for signal in wanted {
      let time = signal["ts"]?.stringValue?.replacingOccurrences(of: "Z", with: "+00:00")
      let order = try #require(orders.first { $0["ts"]?.stringValue == time && $0["side"] == signal["side"] })
      #expect(order["entry_price"]?.doubleValue == signal["entry_price"]?.doubleValue)
      #expect(order["sl"]?.doubleValue == signal["stop_price"]?.doubleValue)
    }
    let written = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/R/run_manifest.json").utf8))
    #expect(written["data"]?["provider"]?["synthetic"] == nil)
  }

  @Test func `the same run under another root, at another time and place has the same definition`() throws {
    let first = try Program()
    let second = try Program(["TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"])
    for program in [first, second] {
      try program.write(backtest: "B")
      #expect(try program.run("run", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    }

    for file in ["plan.json", "run_manifest.json", "signals_export.json", "report.html", "bars/HOOD.M1.csv"] {
      #expect(
        try first.directory.read("artifacts/prepaper/R/\(file)")
          == second.directory.read("artifacts/prepaper/R/\(file)"))
    }
  }

  @Test func `another window under a published run id is refused and changes nothing`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try program.run("run", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    let before = try program.directory.read("artifacts/prepaper/R/run_meta.json")

    let result = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-16", "--json")

    #expect(result.status == 65)
    #expect(try result.errorCode == "artifact_conflict")
    #expect(try program.directory.read("artifacts/prepaper/R/run_meta.json") == before)
    #expect(
      try program.query("state/prepaper/signals_fake.db", "SELECT count(*) FROM signals WHERE run_id = 'R'") == "2")
  }
}
