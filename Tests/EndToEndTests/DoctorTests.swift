import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct `the doctor` {
  /// A machine on which all is well: real bars of a file, a signals store, a backtest.
  private func healthy() throws -> Program {
    let program = try Program([
      "MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars", "SIGNALS_DB_PATH": "signals.db",
    ])
    try program.write(backtest: "B")
    try program.directory.write("", to: "bars/HOOD.M1.csv")
    try program.directory.write("", to: "signals.db")
    return program
  }

  private func findings(_ result: ProgramResult) throws -> [(grade: String, topic: String, text: String)] {
    guard case .array(let findings)? = try result.json["findings"] else { return [] }
    return findings.map { finding in
      (
        finding["grade"]?.stringValue ?? "", finding["topic"]?.stringValue ?? "", finding["text"]?.stringValue ?? ""
      )
    }
  }

  @Test func `finds no error where all is well, and changes nothing`() throws {
    let program = try healthy()
    try program.submit("R")
    #expect(try program.run("worker", "--drain", environment: ["MARKETDATA_PROVIDER": "fake"]).status == 0)
    // A busy machine may end the worker before SQLite has taken its log in; whoever comes next does that.
    _ = try program.query(program.queuePath, "PRAGMA wal_checkpoint(TRUNCATE)")
    let before = try program.files()

    let result = try program.run("doctor", "--json")

    #expect(result.status == 0, "\(result.output)")
    let found = try findings(result)
    #expect(found.filter { $0.grade == "error" }.isEmpty, "\(found)")
    let topics = Set(found.map(\.topic))
    #expect(
      topics.isSuperset(of: [
        "version", "clock", "settings", "queue", "workers", "bells", "artifacts", "unit", "strategies", "bars",
        "signals",
      ]), "\(topics)")
    #expect(found.contains { $0.topic == "bells" && $0.grade == "ok" })
    #expect(found.contains { $0.text.hasPrefix("fsync takes ") })
    let version = try program.query(program.queuePath, "PRAGMA user_version")
    #expect(
      found.contains {
        $0.topic == "queue" && $0.text.contains("1 succeeded") && $0.text.contains("schema \(version),")
      })
    #expect(try program.files() == before)
  }

  @Test func `says of each setting where it is from`() throws {
    var program = try healthy()
    program.environment["PREPAPER_NICE"] = "3"
    try program.directory.write(
      "PREPAPER_NICE=4\nPREPAPER_CONCURRENCY=2\n", to: "config/prepaper/prepaper.env")

    let result = try program.run("doctor", "--json")
    let text = try program.run("doctor")

    guard case .array(let settings)? = try result.json["settings"] else {
      Issue.record("no settings: \(result.output)")
      return
    }
    let rows = Dictionary(uniqueKeysWithValues: settings.map { ($0["name"]?.stringValue ?? "", $0) })
    #expect(rows["PREPAPER_NICE"]?["value"] == "3")
    #expect(rows["PREPAPER_NICE"]?["from"] == "environment")
    #expect(rows["PREPAPER_CONCURRENCY"]?["value"] == "2")
    #expect(rows["PREPAPER_CONCURRENCY"]?["from"]?.stringValue?.hasSuffix("/config/prepaper/prepaper.env") == true)
    #expect(rows["PREPAPER_LEASE"]?["value"] == "30")
    #expect(rows["PREPAPER_LEASE"]?["from"] == "default")
    #expect(rows["PREPAPER_QUEUE_DB"]?["value"] == .string(program.queuePath))
    #expect(text.output.contains("PREPAPER_NICE             3 "))
  }

  @Test(arguments: [
    (["PREPAPER_CONCURRENCY": "many"], "settings", "PREPAPER_CONCURRENCY is 'many' (environment); it must be 1 to 256"),
    (["MARKETDATA_PROVIDER": "reel"], "settings", "MARKETDATA_PROVIDER is 'reel'; it must be fake or real"),
    (["PREPAPER_ARTIFACTS_ROOT": "/nonexistent"], "artifacts", "there is no artifacts root /nonexistent"),
    (["BARS_SOURCE": "csv:nowhere"], "bars", "BARS_SOURCE names"),
    (["BARS_SOURCE": "sqlite:nowhere.db"], "bars", "cannot be read"),
    (["BARS_SOURCE": "http:nobody"], "bars", "there is no nobody.json"),
    (["SIGNALS_DB_PATH": "foreign.db"], "signals", "table"),
  ])
  func `names what makes runs fail, and ends with 1`(environment: [String: String], topic: String, words: String)
    throws
  {
    let program = try healthy()
    _ = try program.query("foreign.db", "CREATE TABLE signals (x)")

    let result = try program.run("doctor", "--json", environment: environment)

    #expect(result.status == 1, "\(result.output)")
    #expect(
      try findings(result).contains { $0.grade == "error" && $0.topic == topic && $0.text.contains(words) },
      "\(result.output)")
  }

  @Test func `names strategies and programs that cannot be used`() throws {
    let program = try healthy()
    try program.directory.write("{}", to: "config/prepaper/strategies.d/broken.json")
    try program.directory.write(
      #"{"command": ["/nonexistent/strategy"], "version": "1", "timeframes": ["M15"], "warmup_bars": 1}"#,
      to: "config/prepaper/strategies.d/gone.json")

    let result = try program.run("doctor", "--json")

    #expect(result.status == 1)
    let strategies = try findings(result).filter { $0.topic == "strategies" && $0.grade == "error" }
    #expect(strategies.contains { $0.text.contains("broken.json") }, "\(strategies)")
    #expect(strategies.contains { $0.text.contains("/nonexistent/strategy is not there") }, "\(strategies)")
  }

  @Test func `says when runs wait and nobody works, and when a name is mistyped`() throws {
    let program = try healthy()
    try program.submit("R")

    let result = try program.run("doctor", "--json", environment: ["PREPAPER_CONCURENCY": "2"])

    #expect(result.status == 1)
    let found = try findings(result)
    #expect(found.contains { $0.grade == "error" && $0.text == "1 runs wait and no worker is there" })
    #expect(
      found.contains {
        $0.grade == "warning" && $0.text == "PREPAPER_CONCURENCY (environment) is no setting of prepaper"
      })
  }

  @Test func `asks a vendor whether it is there, without a key`() async throws {
    let program = try healthy()
    try await Vendor.with({ _, _ in .json("{}") }) { vendor in
      try program.directory.write(
        Stock.descriptor(vendor, #", "auth": [{"header": "X-Key", "secret": "VENDOR_KEY"}]"#), to: "vendor.json")

      let result = try program.run(
        "doctor", "--json", environment: ["BARS_SOURCE": "http:vendor.json", "VENDOR_KEY": "k3y"])

      #expect(result.status == 0, "\(result.output)")
      #expect(try findings(result).contains { $0.topic == "bars" && $0.text == "http:vendor answers" })
      #expect(vendor.requests.count == 1)
      #expect(vendor.requests.allSatisfy { $0.headers["x-key"] == nil })
      #expect(!result.output.contains("k3y"))
    }
  }
}
