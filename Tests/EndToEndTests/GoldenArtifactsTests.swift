import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The same inputs give the same bytes as they did when the digests in the fixtures were written.
///
/// `Fixtures/golden-digests.txt` has a line for each file of each run, `CASE FILE sha256`. How a run went
/// (`run_meta.json`) is another matter.
@Suite struct GoldenArtifactsTests {
  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: try intradayCases())
  func `a run on real minutes leaves the bytes that it always left`(name: String) throws {
    let golden = try JSONParser.parse(Array(SharedData.read("golden/cases/\(name).json").utf8))
    let program = try Program([
      "MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:\(SharedData.path)/data/bars", "SIGNALS_DB_PATH": "signals.db",
    ])
    try program.write(
      backtest: "golden",
      Self.manifest(
        golden["strategy"] ?? .null, golden["symbol"] ?? .null, golden["timeframe"] ?? .null,
        golden["params"] ?? .null, seenUntil: "2013-10-03T20:00:00+00:00"))

    try expectKnownBytes(of: name, program, "--from", "2013-10-09", "--to", "2013-10-12")
  }

  @Test func `a run of several symbols with quantities on made-up bars does so too`() throws {
    let program = try Program()
    let parameters: JSONValue = .object([
      "inside_bar_definition_mode": "mb_range_hl__ib_hl", "timeframe_minutes": .integer(15),
      "min_mother_body_fraction": .double(0.3), "min_inside_body_fraction": .double(0.2),
      "session_filter": ["09:30-12:00", "12:00-16:00"],
    ])
    try program.write(
      backtest: "golden",
      Self.manifest("insidebar_intraday", "HOOD", "M15", parameters, seenUntil: "2025-12-12T21:00:00+00:00"))

    try expectKnownBytes(
      of: "made-up", program, "--symbols", "HOOD,SPY", "--sizing", "risk:equity=100000,percent=1,tick=0.05", "--from",
      "2025-12-15", "--to", "2025-12-18")
  }

  @Test func `and so does one on daily bars`() throws {
    let program = try Program()
    try program.write(
      backtest: "golden",
      Self.manifest("rudometkin_moc", "HOOD", "D1", .object([:]), seenUntil: "2025-12-12T21:00:00+00:00"))

    try expectKnownBytes(of: "daily", program, "--from", "2025-12-15", "--to", "2025-12-18")
  }

  /// The cases of intraday strategies; none where the folder is absent.
  static func intradayCases() throws -> [String] {
    guard SharedData.isPresent else { return [] }
    return try SharedData.names(in: "golden/cases").map { String($0.dropLast(".json".count)) }
      .filter { !$0.hasPrefix("rudometkin_moc") }
  }

  private func expectKnownBytes(
    of name: String, _ program: Program, _ options: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let known = try String(contentsOfFile: Self.fixture, encoding: .utf8).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("\(name) ") }

    let result = try program.start(["run", "--backtest-run-id", "golden", "--run-id", "R"] + options).wait()

    #expect([0, 5].contains(result.status), "\(result.errors)", sourceLocation: sourceLocation)
    let left = try program.files(below: "artifacts/prepaper/R").filter { $0 != "run_meta.json" && $0 != "bars" }
    let digests = try left.map { file in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(program.artifacts)/prepaper/R/\(file)"))
      return "\(name) \(file) \(sha256Hex(Array(bytes)))"
    }
    #expect(digests.sorted() == known, sourceLocation: sourceLocation)
  }

  private static var fixture: String { "\(Program.packageRoot)/Tests/EndToEndTests/Fixtures/golden-digests.txt" }

  private static func manifest(
    _ strategy: JSONValue, _ symbol: JSONValue, _ timeframe: JSONValue, _ parameters: JSONValue, seenUntil: String
  ) -> [String: JSONValue] {
    [
      "identity": .object([
        "run_id": "golden", "timestamp_utc": "2013-10-04T00:00:00+00:00", "commit_hash": "c0ffee",
        "market_tz": "America/New_York",
      ]),
      "strategy": .object(["key": strategy, "impl_version": "1.0.1", "profile_version": "1.0.0"]),
      "params": parameters,
      "data": .object([
        "symbol": symbol, "requested_tf": timeframe, "base_tf_used": "M1",
        "effective_range": .object(["start_ts": "2010-01-04T14:30:00+00:00", "end_ts": .string(seenUntil)]),
      ]),
      "result": .object(["run_status": "success"]),
    ]
  }
}
