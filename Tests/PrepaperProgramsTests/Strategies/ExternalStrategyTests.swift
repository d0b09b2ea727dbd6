import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperPrograms
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ExternalStrategyTests {
  @Test func `its signals and rejects are the run's`() async throws {
    let script = try printing(
      signalLine(bar: 4, more: #","sl":99,"tp":106.25,"reason":"cross","ts":"\#(SampleHistory.time(4).rfc3339)""#),
      #"{"type":"reject","ts":"\#(SampleHistory.time(3).rfc3339)","symbol":"HOOD","reason":"flat","numbers":{"x":1.5}}"#,
      doneLine)

    let result = try await run(script)

    #expect(
      result.signals == [
        Signal(
          time: SampleHistory.time(5), symbol: try symbol("HOOD"), side: .buy, entryPrice: 101.5, stopPrice: 99,
          takeProfitPrice: 106.25, reason: "cross")
      ])
    #expect(
      result.rejects == [
        Reject(
          time: SampleHistory.time(3), symbol: try symbol("HOOD"), reason: "flat", numbers: ["x": .double(1.5)])
      ])
  }

  @Test func `it reads what it is asked, its bars with features, and the end`() async throws {
    let errors = Said()
    let script = try Script.shell("cat >&2; echo '\(doneLine)'")
    let atr = Feature.averageTrueRange(period: 2)

    _ = try await run(
      script,
      registered: [
        "features": .array([.string("atr(2)")]),
        "parameters": .object([
          "fast": .object(["default": .integer(10)]), "name": .object(["default": .string("x")]),
        ]),
      ], parameters: ["fast": .integer(3)],
      inputs: [
        try SampleHistory(bars: 2, warmUp: 1).input(features: FeatureColumns([atr: [.nan, 2]]))
      ], errors: errors)

    #expect(
      errors.all == [
        #"{"features": ["atr(2)"], "params": {"fast": 3, "name": "x"}, "protocol": 1, "symbols": ["HOOD"], "#
          + #""timeframe": "M5", "type": "hello"}"#,
        #"{"type": "bar", "symbol": "HOOD", "ts": "2025-12-15T14:30:00Z", "closes_at": "2025-12-15T14:35:00Z", "#
          + #""open": 100.0, "high": 101.0, "low": 99.0, "close": 100.5, "volume": 1000.0, "#
          + #""features": {"atr(2)": null}, "warmup": true}"#,
        #"{"type": "bar", "symbol": "HOOD", "ts": "2025-12-15T14:35:00Z", "closes_at": "2025-12-15T14:40:00Z", "#
          + #""open": 101.0, "high": 102.0, "low": 100.0, "close": 101.5, "volume": 1000.0, "#
          + #""features": {"atr(2)": 2.0}}"#,
        #"{"type": "end"}"#,
      ])
  }

  @Test func `signals come in one order, whatever the program's`() async throws {
    let script = try printing(
      signalLine(bar: 5, symbol: "BAC", side: "SELL"), signalLine(bar: 5, symbol: "BAC", side: "BUY", price: "3"),
      signalLine(bar: 4, symbol: "HOOD"), signalLine(bar: 4, symbol: "BAC"),
      signalLine(bar: 5, symbol: "BAC", side: "BUY", price: "2"), doneLine)

    let result = try await run(script, symbols: ["BAC", "HOOD"])

    #expect(
      result.signals.map { "\($0.time) \($0.symbol) \($0.side.rawValue) \($0.entryPrice)" } == [
        "2025-12-15T14:55:00Z BAC BUY 101.5", "2025-12-15T14:55:00Z HOOD BUY 101.5",
        "2025-12-15T15:00:00Z BAC BUY 3.0", "2025-12-15T15:00:00Z BAC BUY 2.0", "2025-12-15T15:00:00Z BAC SELL 101.5",
      ])
  }

  @Test func `a signal of the warm-up becomes a reject`() async throws {
    let result = try await run(try printing(signalLine(bar: 2), signalLine(bar: 3), doneLine))

    #expect(result.signals.map(\.time) == [SampleHistory.time(4)])
    #expect(
      result.rejects == [
        Reject(
          time: SampleHistory.time(2), symbol: try symbol("HOOD"), reason: "before_window",
          numbers: ["entry_price": .double(101.5)])
      ])
  }

  @Test func `a daily decision is made at the session's close`() async throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try Script.shell("cat >&2; echo '\(doneLine)'"))
    let errors = Said()
    let runner = try StrategyCatalog(folders: folder.folders, observe: { errors.add($0) })
      .runner(key: "own", parameters: [:], timeframe: .d1, symbols: [])
    var series = BarSeries(symbol: try symbol("SPY"), timeframe: .d1)
    series.append(
      Bar(time: try instant("2025-11-28T00:00:00Z"), open: 1, high: 1, low: 1, close: 1, volume: 1))
    let hours = TimeSpan(from: try instant("2025-11-28T14:30:00Z"), to: try instant("2025-11-28T18:00:00Z"))
    let dates = TimeSpan(from: try instant("2025-11-28T00:00:00Z"), to: try instant("2025-11-29T00:00:00Z"))
    let response = BarsResponse(
      window: hours, evaluated: dates, range: dates, base: series,
      schedule: SessionSchedule(
        calendar: "XNYS", version: "test", timeZone: .newYork,
        sessions: [Session(day: try day("2025-11-28"), hours: hours)]),
      provenance: BarsProvenance(provider: "real", source: "csv", adjustment: "unknown", isSynthetic: false))
    guard
      case .sufficient(let history, _) = HistoryGate(
        tolerance: HoleTolerance(missingShare: 1, longestHole: .seconds(172_800))
      )
      .judge(response, timeframe: .d1, sessionMode: .all)
    else {
      Issue.record("the gate does not let the day pass")
      return
    }
    var inputs = [StrategyInput(history: history, features: FeatureColumns([:]))]

    _ = try await runner.run { inputs.popLast() }

    #expect(errors.text.contains(#""ts": "2025-11-28T00:00:00Z", "closes_at": "2025-11-28T18:00:00Z""#))
  }

  @Test func `its digest is that of its files`() throws {
    let script = try printing(doneLine)
    let argument = try script.directory.write("settings", to: "settings.txt")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: script.path))

    let one = try ProgramCommand(path: script.path, arguments: ["--fast", "settings.txt", "/tmp"]).digest()
    let two = try ProgramCommand(path: script.path, arguments: ["--fast", argument]).digest()

    #expect(one == sha256Hex(Array(bytes)))
    #expect(two == sha256Hex("\(sha256Hex(Array(bytes)))\n\(sha256Hex("settings"))\n"))
  }
}
