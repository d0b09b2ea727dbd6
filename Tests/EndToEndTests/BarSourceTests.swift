import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `where bars come from` {
  @Test func `bars of a database give the run that the same bars in a file give`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    try program.write(backtest: "B")
    let environment = try made(program)
    let imported = try program.tool(
      "/usr/bin/sqlite3", "bars.db",
      """
      CREATE TABLE bars (symbol TEXT, tf TEXT, ts INTEGER, open REAL, high REAL, low REAL, close REAL, volume REAL,
        PRIMARY KEY (symbol, tf, ts));
      CREATE TEMP TABLE given (ts TEXT, open REAL, high REAL, low REAL, close REAL, volume REAL);
      """, ".mode csv", ".import --skip 1 bars/HOOD.M1.csv given",
      "INSERT INTO bars SELECT 'HOOD', 'M1', strftime('%s', ts) + 0, open, high, low, close, volume FROM given;")
    #expect(imported.status == 0, "\(imported.errors)")

    let file = try program.start(run("FILE"), environment: environment.merging(["BARS_SOURCE": "csv:bars"]) { $1 })
      .wait()
    let database = try program.start(
      run("DATABASE"), environment: environment.merging(["BARS_SOURCE": "sqlite:bars.db"]) { $1 }
    ).wait()

    #expect(file.status == 0, "\(file.errors)")
    #expect(database.status == 0, "\(database.errors)")
    for name in ["plan.json", "bars/HOOD.M1.csv"] {
      #expect(
        try program.directory.read("artifacts/prepaper/DATABASE/\(name)")
          == program.directory.read("artifacts/prepaper/FILE/\(name)"))
    }
  }

  @Test func `bars of a program are asked for once and kept`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real"])
    try program.write(backtest: "B")
    var environment = try made(program)
    environment["BARS_SOURCE"] = "exec:files"
    environment["XDG_CONFIG_HOME"] = "\(program.directory.path)/config"
    let asked = "\(program.directory.path)/asked"
    let script = try program.directory.write(
      "#!/bin/sh\necho \"$@\" >> \(asked)\ncat \(program.directory.path)/bars/HOOD.M1.csv\n", to: "print-bars")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    try program.directory.write(
      #"{"kind": "exec", "command": ["\#(script)"], "adjustment": "split"}"#,
      to: "config/prepaper/sources.d/files.json")

    let first = try program.start(run("ONE"), environment: environment).wait()
    let second = try program.start(run("TWO"), environment: environment).wait()

    #expect(first.status == 0, "\(first.errors)")
    #expect(second.status == 0, "\(second.errors)")
    #expect(try String(contentsOfFile: asked, encoding: .utf8).split(separator: "\n").count == 1)
    #expect(
      try program.directory.read("artifacts/prepaper/ONE/bars/HOOD.M1.csv")
        == program.directory.read("artifacts/prepaper/TWO/bars/HOOD.M1.csv"))
    let manifest = try JSONParser.parse(Array(program.directory.read("artifacts/prepaper/ONE/run_manifest.json").utf8))
    #expect(manifest["data"]?["provider"]?["source"] == .string("exec"))
    #expect(manifest["data"]?["provider"]?["adjustment"] == .string("split"))
  }

  @Test(arguments: [
    ("parquet:x", Int32(78), "it must be csv:DIR, sqlite:FILE, http:NAME, http:FILE.json or exec:NAME"),
    ("sqlite:", 78, "it must be csv:DIR"), ("sqlite:nowhere.db", 66, "nowhere.db"),
    ("exec:nobody", 78, "there is no nobody.json in "), ("http:nobody", 78, "there is no nobody.json in "),
    ("http:nobody.json", 78, "there is no such file; 'prepaper sources' lists those that there are"),
    ("exec:alpaca", 78, "that source is http:alpaca; say so"), ("http:../x", 78, "there is no such file"),
  ])
  func `a source that cannot be used is named`(source: String, status: Int32, message: String) throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": source])
    try program.write(backtest: "B")

    let result = try program.start(run("R"), environment: ["SIGNALS_DB_PATH": "\(program.directory.path)/signals.db"])
      .wait()

    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try !program.files().contains { $0.contains("/R") })
  }

  @Test func `a source is not used where bars are made up, and that is said`() throws {
    let program = try Program(["BARS_SOURCE": "csv:/nowhere"])
    try program.write(backtest: "B")

    let chosen = try program.start(run("R"), environment: ["MARKETDATA_PROVIDER": "fake"]).wait()
    let byDefault = try program.start(run("S")).wait()
    let without = try program.start(run("T"), environment: ["BARS_SOURCE": ""]).wait()

    let warning = "warning: BARS_SOURCE is set and not used: MARKETDATA_PROVIDER=real takes bars from there\n"
    #expect(chosen.status == 0, "\(chosen.errors)")
    #expect(chosen.errors.contains(warning), "\(chosen.errors)")
    #expect(byDefault.errors.contains(warning))
    #expect(!without.errors.contains("BARS_SOURCE"))
  }

  private func run(_ id: String) -> [String] {
    ["run", "--backtest-run-id", "B", "--run-id", id, "--replay-date", "2025-12-15"]
  }

  /// Writes the bars of a made-up run as a file of `bars`; the environment of a real one.
  private func made(_ program: Program) throws -> [String: String] {
    let fake = try program.start(run("MADE"), environment: ["MARKETDATA_PROVIDER": "fake"]).wait()
    #expect(fake.status == 0, "\(fake.errors)")
    try program.directory.write(
      program.directory.read("artifacts/prepaper/MADE/bars/HOOD.M1.csv"), to: "bars/HOOD.M1.csv")
    return ["SIGNALS_DB_PATH": "\(program.directory.path)/signals.db"]
  }
}
