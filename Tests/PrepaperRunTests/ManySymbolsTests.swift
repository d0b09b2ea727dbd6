import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// Runs over several symbols.
@Suite struct ManySymbolsTests {
  static let symbols = ["HOOD", "SPY", "BAC", "AAPL", "BRK.B"]

  @Test func `each symbol has its bars, its history and its signals, in the symbols' order`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(request(bench))

    let manifest = try run.manifest
    let sorted = ["AAPL", "BAC", "BRK.B", "HOOD", "SPY"]
    #expect(manifest.at("data.symbols") == .array(sorted.map(JSONValue.string)))
    #expect(manifest.list("inputs.bars").map { $0["path"]?.stringValue } == sorted.map { "bars/\($0).M1.csv" })
    #expect(manifest.list("history.symbols").map { $0["symbol"]?.stringValue } == sorted)
    #expect(manifest.at("history.expected_bars") == .integer(5 * 1470))
    #expect(manifest.at("result.status") == .string("SUCCESS"))
    let traded = Set(try bench.storedSignals().map(\.symbol.description))
    #expect(traded.count > 1)
    #expect(traded.isSubset(of: sorted))
  }

  @Test(arguments: [1, 2, 3, 8], [UInt64(1), 2])
  func `no order of the symbols and no concurrency changes a byte`(concurrency: Int, seed: UInt64) async throws {
    let bench = try RunBench()
    let plain = try await bench.publish(request(bench, "plain"))
    let expected = try plain.files()
    var random = SeededRandom(seed: seed)

    let other = try RunBench()
    let run = try await other.publish(
      request(other, "plain", Self.symbols.shuffled(using: &random)), other.flow(concurrency: concurrency))

    #expect(try run.files() == expected)
  }

  @Test func `each symbol has the signals that it has alone`() async throws {
    let bench = try RunBench()
    let together = try await bench.publish(request(bench, "together"))
    let all = try together.json("plan.json").list("orders")

    for name in Self.symbols {
      let alone = try await bench.publish(request(bench, "alone-\(name)", [name]))

      #expect(try alone.json("plan.json").list("orders") == all.filter { $0["symbol"] == .string(name) })
    }
    #expect(!all.isEmpty)
  }

  @Test func `a symbol without enough history or without any is listed, and the others go on`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    try await bench.writeBars("2025-12-12T00:00:00Z", "2025-12-16T00:00:00Z", of: "SPY")

    let run = try await bench.publish(request(bench, "run-1", ["HOOD", "SPY", "GONE"]), bench.flow(bench.files()))

    let manifest = try run.manifest
    #expect(run.staged.status == .success)
    #expect(run.staged.signals.written > 0)
    #expect(manifest.at("history.status") == .string("DEGRADED"))
    #expect(manifest.list("result.errors").map { $0["symbol"]?.stringValue } == ["GONE", "SPY"])
    #expect(manifest.list("result.errors").allSatisfy { $0["status"] == .string("NO_SIGNALS") })
    #expect(manifest.at("result.errors.0.reason") == .string("the source has no bars of GONE"))
    #expect(manifest.list("inputs.bars").map { $0["symbol"]?.stringValue } == ["HOOD", "SPY"])
    #expect(try bench.storedSignals().allSatisfy { $0.symbol.description == "HOOD" })
  }

  @Test func `strictly one symbol without enough history is one too many`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    try await bench.writeBars("2025-12-12T00:00:00Z", "2025-12-16T00:00:00Z", of: "AAPL")
    let options = RunOptions(symbols: try ["HOOD", "AAPL"].map(symbol), isStrict: true)

    let run = try await bench.publish(bench.request(options: options), bench.flow(bench.files()))

    #expect(run.staged.status == .noSignals)
    #expect(run.staged.reason?.hasPrefix("1 of 2 symbols have too little history: AAPL: expected 1470 M1") == true)
    #expect(try run.manifest.at("outputs.orders_count") == .integer(0))
    #expect(try run.manifest.at("history.strict") == .bool(true))
    #expect(try bench.storedSignals() == [])
  }

  @Test func `the window is the latest session that any symbol has`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-13T00:00:00Z", of: "SPY")

    let run = try await bench.publish(
      request(bench, "run-1", ["SPY", "HOOD"], window: .lastSession), bench.flow(bench.files()))

    #expect(try run.manifest.at("data.window.from") == .string("2025-12-15T14:30:00+00:00"))
    #expect(try run.manifest.list("result.errors").map { $0["symbol"]?.stringValue } == ["SPY"])
  }

  @Test func `symbols that nobody has are refused`() async throws {
    let bench = try RunBench()
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")

    let error = try await #require(throws: RunError.self) {
      try await bench.publish(request(bench, "run-1", ["GONE", "LOST"]), bench.flow(bench.files()))
    }

    #expect(error.code == .symbolUnknown)
    #expect(error.message.contains("GONE, LOST"))
    #expect(try bench.made() == [])
  }

  @Test func `bars of different timeframes do not mix`() async throws {
    var backtest = Backtest()
    backtest.base = nil
    let bench = try RunBench(backtest)
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z")
    try await bench.writeBars("2025-12-01T00:00:00Z", "2025-12-16T00:00:00Z", of: "SPY", .m15)

    let error = try await #require(throws: RunError.self) {
      try await bench.publish(request(bench, "run-1", ["HOOD", "SPY"]), bench.flow(bench.files()))
    }

    #expect(error.code == .barsInvalid)
    #expect(error.message == "the source has M1 bars of HOOD, but M15 bars of SPY; a run takes bars of one timeframe")
    #expect(try bench.storedSignals() == [])
  }

  @Test func `the manifest's list of symbols is run where none are asked for`() async throws {
    var backtest = Backtest()
    backtest.symbols = ["SPY", "HOOD", "SPY"]
    let bench = try RunBench(backtest)

    let run = try await bench.publish(bench.request())

    #expect(try run.manifest.at("data.symbols") == .array([.string("HOOD"), .string("SPY")]))
  }

  private func request(
    _ bench: RunBench, _ runID: String = "run-1", _ names: [String] = Self.symbols, window: WindowRequest? = nil
  ) throws -> RunRequest {
    try bench.request(runID, window: window, options: RunOptions(symbols: names.map(symbol)))
  }
}

extension PublishedRun {
  /// The bytes of every file that the same run always has, by its path.
  fileprivate func files() throws -> [String: [UInt8]] {
    let names = staged.files.map(\.path).filter { $0 != "run_meta.json" }
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try bytes($0)) })
  }
}

extension JSONValue {
  /// The items of the list at a path; none where there is no list.
  func list(_ path: String) -> [JSONValue] {
    if case .array(let items)? = at(path) { items } else { [] }
  }
}
