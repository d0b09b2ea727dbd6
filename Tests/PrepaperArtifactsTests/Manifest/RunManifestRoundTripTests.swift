import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

/// What `RunManifest` writes it reads back, whatever the run was.
@Suite struct RunManifestRoundTripTests {
  /// A manifest that is not like most of them.
  struct Odd: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout SampleManifest) throws -> Void
  }

  static let odd: [Odd] = [
    Odd(testDescription: "plain") { _ in },
    Odd(testDescription: "no signals") {
      $0.history = HistoryReport(
        status: .degraded, expectedBars: 390, presentBars: 300,
        holes: [try hole("2025-12-15T15:00:00Z", bars: 90, .missing)], reason: "missing 90")
    },
    Odd(testDescription: "several symbols, one with a hole, one with jumps") { $0.histories = try several() },
    Odd(testDescription: "several symbols, all of which must suffice") {
      $0.histories = try several()
      $0.isStrict = true
    },
    Odd(testDescription: "sizing") { $0.sizing = "fixed:quantity=100,tick=0.01" },
    Odd(testDescription: "unapproved backtest") { $0.backtest = $0.backtest.replacing("SUCCESS", with: "failed") },
    Odd(testDescription: "synthetic") { $0.isSynthetic = true },
    Odd(testDescription: "live, proven, in a market that never closes") {
      $0.mode = .live
      $0.proof = RunProof(replay: .holds, lookahead: .sampled)
      $0.calendar = .always
    },
    Odd(testDescription: "no bars, no parameters, none ignored") {
      $0.bars = []
      $0.parameters = [:]
      $0.ignoredParameters = []
    },
    Odd(testDescription: "parameters of every kind") {
      $0.parameters = [
        "whole": .integer(2), "double": .double(2), "small": .double(1e-05), "null": .null, "flag": .bool(false),
        "empty": .string(""), "list": .array([.integer(1), .array([])]), "object": .object(["a.b": .object([:])]),
      ]
      $0.maxMissing = 1
    },
  ]

  @Test(arguments: odd)
  func `a manifest is read back as it was written`(odd: Odd) throws {
    var sample = SampleManifest()
    try odd.change(&sample)
    let manifest = try sample.make()

    let read = try RunManifest(JSONParser.parse(CanonicalJSON.pretty(manifest.json)))

    #expect(read == manifest)
    #expect(CanonicalJSON.pretty(read.json) == CanonicalJSON.pretty(manifest.json))
  }

  @Test func `a manifest by the rules of 1.0.0 is read as it is, and says so again`() throws {
    let today = try SampleManifest().make().json
    guard case .object(var members) = today, case .object(var strategy) = members["strategy"] else {
      Issue.record("a manifest is an object")
      return
    }
    strategy["backtest_version"] = nil
    members["strategy"] = .object(strategy)
    members["schema_version"] = .string("1.0.0")

    let read = try RunManifest(.object(members), file: "f")

    #expect(read.json == .object(members))
    #expect(read.strategy.backtestVersion == nil)
    #expect(read.json.firstDifference(to: today) != nil)
  }

  @Test func `no two of them are the same`() throws {
    let all = try Self.odd.map { odd in
      var sample = SampleManifest()
      try odd.change(&sample)
      return try sample.make().json
    }

    #expect(Set(all).count == Self.odd.count)
  }

  @Test func `a status that somebody has written over is read as it stands`() throws {
    let json = try SampleManifest().make().json.replacing("result.status", with: .string("NO_SIGNALS"))

    #expect(try RunManifest(json).status == .noSignals)
    #expect(try RunManifest(json).json == json)
  }

  @Test func `all that is missing is named at once`() throws {
    let json = try SampleManifest().make().json
      .replacing("identity.run_id", with: nil).replacing("strategy", with: nil).replacing("history.jumps", with: nil)

    let error = try #require(throws: RunError.self) { try RunManifest(json, file: "f") }

    #expect(
      error
        == RunError(
          .manifestInvalid,
          "f: identity.run_id, strategy.key, strategy.version, strategy.digest, strategy.ignored and history.jumps are "
            + "missing"))
  }

  @Test(
    arguments: [
      ("schema_version", .string("2.0.0"), "schema_version must be 1.0.0 or 1.1.0, is '2.0.0'"),
      ("identity.mode", .string("paper"), "identity.mode must be one of replay, live, is 'paper'"),
      ("data.symbols", .array([.string("../x")]), "data.symbols[0] must be a symbol, "),
      ("data.symbols", .array([]), "data.symbols must have at least one symbol"),
      ("data.window.to", .string("2025-12-15T14:00:00Z"), "data.window.to is before data.window.from"),
      ("data.calendar.name", .string("XLON"), "data.calendar.name must be one of XNYS, 24x7, is 'XLON'"),
      ("history", .array([]), "history must be an object, is a list"),
      ("history.strict", .integer(1), "history.strict must be true or false, is a number"),
      (
        "history.holes", .array([.object(["symbol": .string("HOOD")])]),
        "history.holes[0].from, history.holes[0].to, history.holes[0].bars and history.holes[0].class are missing"
      ),
      (
        "history.symbols", .array([.object(["symbol": .string("HOOD"), "status": .string("GOOD")])]),
        "history.symbols[0].expected_bars and history.symbols[0].present_bars are missing"
      ),
      (
        "history.symbols",
        .array([
          .object([
            "symbol": .string("HOOD"), "status": .string("SUFFICIENT"), "expected_bars": .integer(.max),
            "present_bars": .integer(0),
          ])
        ]), "history.symbols[0].expected_bars must lie in 0…1000000000000, is 9223372036854775807"
      ),
      ("history.holes", hole(to: "2025-12-15T14:59:00Z"), "history.holes[0].to must not be before from"),
      ("history.jumps", jump(close: 0), "history.jumps[0].close must be a price"),
      ("history.jumps", jump(close: 1e-300), "history.jumps[0].close must be a price"),
      ("outputs.orders_count", .integer(-1), "outputs.orders_count must be at least 0, is -1"),
      (
        "inputs.bars",
        .array([
          .object([
            "symbol": .string("HOOD"), "path": .string("bars/../../HOOD.M1.csv"), "rows": .integer(0),
            "sha256": .string(""),
          ])
        ]), "inputs.bars[0].path must be bars/HOOD.TIMEFRAME.csv, is 'bars/../../HOOD.M1.csv'"
      ),
      (
        "proof.lookahead", .string("yes"),
        "proof.lookahead must be one of holds, sampled, no_signals, not_run, is 'yes'"
      ),
      ("proof.replay", nil, "proof.replay is missing"),
    ] as [(String, JSONValue?, String)])
  func `what is wrong is named with its place`(path: String, value: JSONValue?, problem: String) throws {
    let json = try SampleManifest().make().json.replacing(path, with: value)

    let error = try #require(throws: JSONFault.self) { try RunManifest(json) }

    #expect(error.description.hasPrefix(problem), "\(error)")
  }

  private static func hole(to end: String) -> JSONValue {
    .array([
      .object([
        "symbol": .string("HOOD"), "from": .string("2025-12-15T15:00:00Z"), "to": .string(end), "bars": .integer(1),
        "class": .string("missing"),
      ])
    ])
  }

  private static func jump(close: Double) -> JSONValue {
    .array([
      .object([
        "symbol": .string("HOOD"), "from": .string("2025-12-15T15:00:00Z"), "to": .string("2025-12-15T16:00:00Z"),
        "close": .double(close), "open": .double(1e300), "change": .double(1),
      ])
    ])
  }

  @Test func `holes and jumps of a symbol that the run has not are refused`() throws {
    var sample = SampleManifest()
    sample.histories = try Self.several()
    let json = try sample.make().json
    var symbols = try #require(json["history"]?["symbols"]?.items)
    symbols.removeLast()

    let error = try #require(throws: JSONFault.self) {
      try RunManifest(json.replacing("history.symbols", with: .array(symbols)))
    }

    #expect(error.description == "history.symbols must have SPY, of which there are holes or jumps")
  }

  @Test func `the run that is made again is asked for as it was`() throws {
    var sample = SampleManifest()
    sample.sizing = "fixed:quantity=100"
    sample.isStrict = true
    sample.backtest = sample.backtest.replacing("SUCCESS", with: "failed")
    let manifest = try sample.make()

    let (request, backtest) = (RunRequest(manifest, artifactsRoot: "/a"), BacktestManifest(of: manifest))

    #expect(
      request
        == RunRequest(
          runID: manifest.runID, backtestRunID: manifest.backtestRunID, artifactsRoot: "/a",
          window: .span(from: .instant(manifest.data.window.from), to: .instant(manifest.data.window.to)),
          sessionMode: .rth, allowUnapproved: true,
          options: RunOptions(
            symbols: manifest.data.symbols, isStrict: true, mode: .replay, maxMissing: 0.01, maxJump: 0.4,
            calendar: .xnys, sizing: "fixed:quantity=100")))
    #expect(backtest.status == "failed")
    #expect(backtest.parameters == ["atr_period": .integer(14)])
    #expect(backtest.timeframe == .m15)
    #expect(backtest.baseTimeframe == .m1)
    #expect(backtest.requiredWarmUpBars == 72)
    #expect(backtest.digest == manifest.inputs.backtestHash)
  }

  private static func several() throws -> [SymbolHistory] {
    let (first, second, third) = (
      try #require(Symbol("AAPL")), try #require(Symbol("HOOD")), try #require(Symbol("SPY"))
    )
    let (close, open) = (try instant("2025-12-12T21:00:00Z"), try instant("2025-12-15T14:30:00Z"))
    return [
      SymbolHistory(
        symbol: first,
        report: HistoryReport(
          status: .sufficient, expectedBars: 390, presentBars: 388,
          holes: [
            try hole("2025-12-15T15:00:00Z", bars: 1, .noTrade), try hole("2025-12-15T16:00:00Z", bars: 1, .noTrade),
            try hole("2025-12-15T22:00:00Z", bars: 5, .outsideSession),
          ], reason: nil)),
      SymbolHistory(
        symbol: second,
        report: HistoryReport(status: .degraded, expectedBars: 390, presentBars: 0, holes: [], reason: "none")),
      SymbolHistory(
        symbol: third,
        report: HistoryReport(status: .sufficient, expectedBars: 390, presentBars: 390, holes: [], reason: nil),
        jumps: [
          PriceJump(symbol: third, from: close, to: open, close: 700.1, open: 100.3),
          PriceJump(symbol: third, from: open, to: open + .seconds(86_400), close: 1, open: 3),
        ]),
    ]
  }

  private static func hole(_ first: String, bars: Int, _ kind: Hole.Kind) throws -> Hole {
    let first = try instant(first)
    return Hole(first: first, last: first + .seconds(60 * (bars - 1)), bars: bars, kind: kind)
  }

  private static func instant(_ text: String) throws -> UTCTimestamp { try #require(UTCTimestamp(rfc3339: text)) }
}
