import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct `bars in a store` {
  private static let header = "ts,open,high,low,close,volume\n"

  /// Minutes from an instant on, those that are to lack left out.
  private func minutes(
    _ count: Int, from start: String = "2025-12-15T14:30:00Z", without holes: [ClosedRange<Int>] = []
  ) throws -> String {
    let first = try instant(start)
    return Self.header
      + (0..<count).filter { minute in !holes.contains { $0.contains(minute) } }
      .map { "\((first + .seconds(60 * $0)).rfc3339),10,12,9,11,100\n" }.joined()
  }

  private func list(_ json: JSONValue, _ key: String) throws -> [JSONValue] {
    guard case .array(let list)? = json[key] else { throw NotReadable(text: "\(json)") }
    return list
  }

  @Test func `are imported by their files' names, listed, and feed a run as the files do`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "SIGNALS_DB_PATH": "signals.db"])
    try program.write(backtest: "B")
    let run = ["run", "--backtest-run-id", "B", "--replay-date", "2025-12-15", "--run-id"]
    let made = try program.start(run + ["MADE"], environment: ["MARKETDATA_PROVIDER": "fake"]).wait()
    #expect(made.status == 0, "\(made.errors)")
    try program.directory.write(
      program.directory.read("artifacts/prepaper/MADE/bars/HOOD.M1.csv"), to: "bars/HOOD.M1.csv")
    let source = ["BARS_SOURCE": "sqlite:bars.db"]

    let imported = try program.run("bars", "import", "bars/HOOD.M1.csv", "--json", environment: source)
    let again = try program.run("bars", "import", "bars/HOOD.M1.csv", "--store", "bars.db")
    let listed = try program.run("bars", "ls", environment: source)
    let file = try program.start(run + ["FILE"], environment: ["BARS_SOURCE": "csv:bars"]).wait()
    let store = try program.start(run + ["STORE"], environment: source).wait()

    let entry = try list(imported.json, "files").first
    let count = try program.query("bars.db", "SELECT count(*) FROM bars WHERE symbol = 'HOOD' AND tf = 'M1'")
    #expect(imported.status == 0)
    #expect(imported.errors.isEmpty, "calm where nobody looks: \(imported.errors)")
    #expect(try imported.json["schema_version"] == "1.0.0")
    #expect(entry?["result"] == "imported")
    #expect(entry?["added"] == .integer(Int64(count) ?? -1))
    #expect(again.output.contains("HOOD    M1         \(count)  0      \(count)       0         imported"))
    #expect(listed.output.contains("HOOD    M1         \(count)  "))
    #expect([file.status, store.status] == [0, 0], "\(file.errors)\(store.errors)")
    for name in ["plan.json", "bars/HOOD.M1.csv"] {
      #expect(
        try program.directory.read("artifacts/prepaper/STORE/\(name)")
          == program.directory.read("artifacts/prepaper/FILE/\(name)"))
    }
  }

  @Test func `come from the standard input, with flags that say what they are`() throws {
    let program = try Program()
    let text = try minutes(3)

    let imported = try program.start(
      ["bars", "import", "-", "--symbol", "BRK.B", "--timeframe", "1m", "--store", "bars.db"], input: text
    ).wait()
    let refused = try program.start(
      ["bars", "import", "-", "--symbol", "BRK.B", "--timeframe", "M5", "--store", "bars.db"], input: text
    ).wait()

    #expect(imported.status == 0, "\(imported.errors)")
    #expect(try program.query("bars.db", "SELECT symbol, tf, count(*) FROM bars") == "BRK.B|M1|3")
    #expect(refused.status == 65)
    #expect(
      refused.errors
        == "prepaper: standard input, line 3: time 2025-12-15T14:31:00Z is not aligned to M5\n")
  }

  @Test func `stay as they were where a file is bad, and those before it are in`() throws {
    let program = try Program()
    try program.directory.write(minutes(3), to: "A.M1.csv")
    try program.directory.write(minutes(3) + "2025-12-15T14:33:00Z,10,9,9,10,1\n", to: "B.M1.csv")
    try program.directory.write(minutes(3), to: "C.M1.csv")
    let files = ["bars", "import", "A.M1.csv", "B.M1.csv", "C.M1.csv", "--store", "bars.db"]

    let text = try program.start(files).wait()
    let json = try program.start(files + ["--json"]).wait()

    #expect(text.status == 65)
    #expect(text.errors == "prepaper: B.M1.csv, line 5: high 9.0 is below open or close\n")
    #expect(text.output.contains("A.M1.csv  A       M1         3     3      0          0         imported"))
    #expect(text.output.contains("B.M1.csv  B       M1         -     -      -          -         refused"))
    #expect(text.output.contains("C.M1.csv  C       M1         -     -      -          -         not tried"))
    #expect(try list(json.json, "files").map { $0["result"] } == ["imported", "refused", "not_tried"])
    #expect(try json.errorCode == "bars_invalid")
    #expect(try program.query("bars.db", "SELECT DISTINCT symbol FROM bars") == "A")
  }

  @Test(arguments: [("bad.M1.csv", Int32(65)), ("nowhere.M1.csv", 66)])
  func `that cannot be read leave no store behind`(file: String, status: Int32) throws {
    let program = try Program()
    try program.directory.write("nothing\n", to: "bad.M1.csv")

    let refused = try program.run("bars", "import", file, "--store", "bars.db")

    #expect(refused.status == status, "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(program.directory.path)/bars.db"))
  }

  @Test func `with other numbers are refused, or take the others' place and are reported`() throws {
    let program = try Program()
    try program.directory.write(minutes(2), to: "SPY.M1.csv")
    try program.directory.write(Self.header + "2025-12-15T14:31:00Z,10,12,9,10,100\n", to: "new/SPY.M1.csv")
    let files = ["bars", "import", "--store", "bars.db"]
    #expect(try program.start(files + ["SPY.M1.csv"]).wait().status == 0)

    let refused = try program.start(files + ["new/SPY.M1.csv"]).wait()
    let replaced = try program.start(files + ["new/SPY.M1.csv", "--replace"]).wait()
    let checked = try program.run("bars", "check", "--store", "bars.db")
    let json = try program.run("bars", "check", "--store", "bars.db", "--json")

    #expect(refused.status == 65)
    #expect(
      refused.errors.contains(
        "new/SPY.M1.csv: SPY M1 2025-12-15T14:31:00Z is there with other numbers: kept open 10.0"))
    #expect(replaced.status == 0, "\(replaced.errors)")
    #expect(try program.query("bars.db", "SELECT close FROM bars ORDER BY ts") == "11.0\n10.0")
    #expect(checked.status == 0, "revisions break no rule")
    #expect(checked.output.contains("SPY     M1         2     1          ok"))
    #expect(checked.output.contains("revision of SPY M1 2025-12-15T14:31:00Z, taken: was open 10.0"))
    #expect(try list(#require(list(json.json, "series").first), "revisions").first?["replaced"] == .bool(true))
  }

  @Test func `that break a rule are named, in anybody's file`() throws {
    let program = try Program()
    _ = try program.query(
      "other.db",
      """
      CREATE TABLE bars (symbol, tf, ts, open, high, low, close, volume);
      INSERT INTO bars VALUES ('OK', 'M1', 1765809000, 10, 12, 9, 11, 1), ('SPY', 'M1', 1765809000, 10, 12, 9, 11, 1),
        ('SPY', 'M1', 1765809000, 10, 12, 9, 11, 1), ('SPY', 'M1', 1765809060, 10, 9, 9, 10, 1);
      """)

    let listed = try program.run("bars", "ls", "--store", "other.db")
    let text = try program.run("bars", "check", "--store", "other.db")
    let json = try program.run("bars", "check", "--store", "other.db", "--json")
    let good = try program.run("bars", "check", "--store", "other.db", "--symbol", "OK", "--timeframe", "M1")
    try program.directory.write(minutes(1), to: "NEW.M1.csv")
    let refused = try program.run("bars", "import", "NEW.M1.csv", "--store", "other.db")

    #expect(listed.output.contains("SPY     M1         3     2025-12-15T14:30:00Z  2025-12-15T14:31:00Z"))
    #expect(text.status == 1)
    #expect(text.output.contains("OK      M1         1     0          ok"))
    #expect(
      text.output.contains(
        "SPY     M1         3     0          2025-12-15T14:30:00Z: time 2025-12-15T14:30:00Z stands twice"))
    #expect(
      text.errors.contains("1 of 2 series has a bar that breaks a rule; the first is SPY M1 2025-12-15T14:30:00Z"))
    #expect(json.status == 1)
    #expect(try json.errorCode == "check_failed")
    #expect(try list(json.json, "series").last?["broken"]?["ts"] == "2025-12-15T14:30:00Z")
    #expect(good.status == 0)
    #expect(refused.status == 65)
    #expect(refused.errors.contains("is not a store that prepaper made, and so is only read; nothing was changed"))
  }

  @Test func `lack where the history gate says so`() throws {
    let program = try Program()
    // A session of 390 minutes, an evening, and a session whose last hour lacks.
    try program.directory.write(minutes(400, without: [10...12, 392...394]), to: "SPY.M1.csv")
    try program.directory.write(minutes(330, from: "2025-12-16T14:30:00Z"), to: "two/SPY.M1.csv")
    let imported = try program.run("bars", "import", "SPY.M1.csv", "two/SPY.M1.csv", "--store", "bars.db")
    #expect(imported.status == 0, "\(imported.errors)")
    let gaps = ["bars", "gaps", "--symbol", "SPY", "--timeframe", "M1", "--store", "bars.db"]

    let all = try program.start(gaps).wait()
    let first = try program.start(gaps + ["--to", "2025-12-16", "--json"]).wait()
    let both = try program.start(gaps + ["--to", "2025-12-17", "--json"]).wait()
    let always = try program.start(gaps + ["--calendar", "24x7", "--to", "2025-12-16T00:00:00Z", "--json"]).wait()
    let none = try program.start(gaps + ["--from", "2025-12-16", "--to", "2025-12-16T20:00:00Z"]).wait()

    #expect(all.status == 0, "\(all.errors)")
    #expect(
      all.output == """
        SESSION     CLASS            FIRST                 LAST                  BARS
        2025-12-15  no_trade         2025-12-15T14:40:00Z  2025-12-15T14:42:00Z  3
        2025-12-15  outside_session  2025-12-15T21:02:00Z  2025-12-15T21:04:00Z  3

        SPY M1 from 2025-12-15T14:30:00Z to 2025-12-16T20:00:00Z on XNYS: 720 bars expected, 717 of them there

        """)
    #expect(try list(first.json, "gaps").map { $0["class"] } == ["no_trade", "outside_session"])
    #expect(try both.json["expected_bars"] == .integer(780))
    let lost = try list(both.json, "gaps").last
    #expect(lost?["class"] == "missing")
    #expect(lost?["session"] == "2025-12-16")
    #expect(lost?["first"] == "2025-12-16T20:00:00Z")
    #expect(lost?["last"] == "2025-12-16T20:59:00Z")
    #expect(lost?["bars"] == .integer(60))
    #expect(try always.json["expected_bars"] == .integer(570))
    #expect(
      none.output
        == "SPY M1 from 2025-12-16T05:00:00Z to 2025-12-16T20:00:00Z on XNYS: 330 bars expected, 330 of them there\n")
  }

  @Test func `of whole sessions lack by their dates`() throws {
    let program = try Program()
    let days = ["2025-12-12", "2025-12-15", "2025-12-17"].map { "\($0),10,12,9,11,100\n" }.joined()
    try program.directory.write(Self.header + days, to: "SPY.D1.csv")
    #expect(try program.run("bars", "import", "SPY.D1.csv", "--store", "bars.db").status == 0)

    let gaps = try program.run(
      "bars", "gaps", "--symbol", "SPY", "--timeframe", "D1", "--from", "2025-12-13", "--store", "bars.db")

    #expect(gaps.status == 0, "\(gaps.errors)")
    #expect(gaps.output.contains("2025-12-16  missing  2025-12-16T00:00:00Z  2025-12-16T00:00:00Z  1\n"))
    #expect(gaps.output.contains(": 3 bars expected, 2 of them there"))
  }

  @Test(arguments: [
    (["import", "SPY.M1.csv"], Int32(64), "say --store FILE, or set BARS_SOURCE=sqlite:FILE"),
    (["ls"], 64, "say --store FILE, or set BARS_SOURCE=sqlite:FILE"),
    (["import", "--store", "s.db"], 64, "<file>"),
    (
      ["import", "bars.csv", "--store", "s.db"], 64, "'bars.csv' is not in its name, as in SYMBOL.TF.csv; say --symbol"
    ),
    (["import", "bars.csv", "--symbol", "A", "--store", "s.db"], 64, "say --timeframe"),
    (["import", "SPY.X1.csv", "--store", "s.db"], 64, "'SPY.X1.csv' is not in its name"),
    (["import", "-", "--symbol", "A", "--store", "s.db"], 64, "The standard input needs --symbol and --timeframe"),
    (
      ["import", "-", "-", "--symbol", "A", "--timeframe", "M1", "--store", "s.db"], 64,
      "The standard input can be read once"
    ),
    (["import", "A.M1.csv", "--store", "s.db"], 66, "cannot read A.M1.csv: No such file or directory"),
    (["import", "SPY.M1.csv", "--store", "nowhere/s.db"], 73, "nowhere/s.db"),
    (["ls", "--store", "s.db"], 66, "s.db: No such file or directory"),
    (["check", "--store", "had.db", "--symbol", "QQQ"], 66, "no bars of QQQ in "),
    (["check", "--store", "had.db", "--timeframe", "X"], 64, "The value 'X' is invalid for '--timeframe"),
    (["gaps", "--store", "had.db", "--symbol", "SPY"], 64, "--timeframe"),
    (["gaps", "--store", "had.db", "--symbol", "QQQ", "--timeframe", "M1"], 66, "no bars of QQQ M1 in "),
    (
      ["gaps", "--store", "had.db", "--symbol", "SPY", "--timeframe", "M1", "--from", "2025-12-17"], 64,
      "is not before --to"
    ),
    (
      ["gaps", "--store", "had.db", "--symbol", "SPY", "--timeframe", "M1", "--from", "1990-01-01"], 65,
      "1990-01-01 is outside the calendar XNYS"
    ),
  ])
  func `that cannot be had say why`(arguments: [String], status: Int32, message: String) throws {
    let program = try Program()
    try program.directory.write(minutes(3), to: "SPY.M1.csv")
    #expect(try program.run("bars", "import", "SPY.M1.csv", "--store", "had.db").status == 0)

    let text = try program.start(["bars"] + arguments).wait()
    let json = try program.start(["bars"] + arguments + ["--json"]).wait()

    #expect(text.status == status)
    #expect(text.errors.contains(message), "\(text.errors)")
    #expect(json.status == status)
    #expect(try json.json["error"]?["message"]?.stringValue?.contains(message) == true, "\(json.output)")
  }

  @Test func `show on a terminal how far they are, and nowhere else`() throws {
    let program = try Program()
    try program.directory.write(minutes(60_000, from: "2020-01-01T00:00:00Z"), to: "SPY.M1.csv")
    let command = "\(Program.path) bars import SPY.M1.csv --store"

    let shown = try program.tool("/usr/bin/script", "-qec", "\(command) shown.db", "/dev/null")
    let piped = try program.tool("/usr/bin/bash", "-c", "\(command) piped.db 2>errors")

    #expect(shown.status == 0)
    #expect(shown.output.contains("importing SPY.M1.csv: "), "\(shown.output)")
    #expect(shown.output.contains(" of 60000 bars"))
    #expect(shown.output.contains("\r\u{1b}[KFILE "))
    #expect(piped.status == 0)
    #expect(try program.directory.read("errors").isEmpty)
  }
}
