import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// Requests that cannot be run: each has its code, and nothing is written anywhere.
@Suite struct RunRefusalTests {
  /// A backtest that cannot be run.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: RunErrorCode
    let says: String
    var window: @Sendable () throws -> WindowRequest = { .day(try day("2025-12-15")) }
    let change: @Sendable (inout Backtest) -> Void
  }

  static let refusals: [Refusal] = [
    Refusal(
      testDescription: "failed backtest", code: .backtestNotApproved, says: "--allow-unapproved",
      change: { $0.status = "failed" }),
    Refusal(
      testDescription: "unknown strategy", code: .unknownStrategy,
      says: "strategy 'martingale' is not known; known are: insidebar_intraday",
      change: { $0.strategy = "martingale" }),
    Refusal(
      testDescription: "unknown parameter", code: .paramsInvalid,
      says: "'atr_perod' in params is not known; known are: atr_period, ",
      change: { $0.parameters["atr_perod"] = .integer(14) }),
    Refusal(
      testDescription: "parameter out of range", code: .paramsInvalid,
      says: "params.atr_period must lie in 1…10000, is ",
      change: { $0.parameters["atr_period"] = .integer(0) }),
    Refusal(
      testDescription: "parameter missing", code: .paramsInvalid,
      says: "params.inside_bar_definition_mode is missing",
      change: { $0.parameters["inside_bar_definition_mode"] = nil }),
    Refusal(
      testDescription: "timeframe that contradicts", code: .paramsInvalid, says: "the run's timeframe is M15",
      change: { $0.parameters["timeframe_minutes"] = .integer(5) }),
    Refusal(
      testDescription: "symbol that is none", code: .manifestInvalid,
      says: "data.symbol must be a symbol, [A-Za-z0-9][A-Za-z0-9._=^-]{0,31}, is '../HOOD'",
      change: { $0.symbol = "../HOOD" }),
    Refusal(
      testDescription: "window that ends before it begins", code: .paramsInvalid, says: "is not before --to",
      window: { try days("2025-12-16", "2025-12-15") }, change: { _ in }),
    Refusal(
      testDescription: "window outside the calendar", code: .paramsInvalid, says: "outside the calendar XNYS",
      window: { .day(try day("2031-06-02")) }, change: { _ in }),
  ]

  @Test(arguments: refusals)
  func `what cannot be run is refused with its code, and nothing is written`(refusal: Refusal) async throws {
    var backtest = Backtest()
    refusal.change(&backtest)
    let bench = try RunBench(backtest)
    let before = try bench.tree(bench.directory.path)
    let request = try bench.request(window: refusal.window())

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(request) }

    #expect(error.code == refusal.code)
    #expect(error.message.contains(refusal.says), "\(error.message)")
    #expect(try bench.tree(bench.directory.path) == before)
  }

  @Test func `a backtest that is not there is refused with the path that was tried`() async throws {
    let bench = try RunBench()
    let before = try bench.tree(bench.directory.path)
    let request = try bench.request(backtest: "other")

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(request) }

    #expect(error.code == .manifestNotFound)
    #expect(error.message.contains("\(bench.root)/backtests/other/run_manifest.json"))
    #expect(try bench.tree(bench.directory.path) == before)
  }

  @Test(arguments: [
    ("", "is not JSON"), ("{", "is not JSON"), ("[]", "must be an object, is a list"),
    (#"{"identity": {}}"#, "identity.run_id, strategy.key, strategy.impl_version, params, data.symbol, "),
    (#"{"identity": {"run_id": "x"}}"#, " of backtest x: strategy.key, strategy.impl_version, params, data.symbol, "),
  ])
  func `a manifest that is none is refused with all that is missing`(
    text: String, says: String
  ) async throws {
    let bench = try RunBench()
    try bench.directory.write(text, to: "artifacts/backtests/x/run_manifest.json")
    let before = try bench.tree(bench.directory.path)
    let request = try bench.request(backtest: "x")

    let error = try await #require(throws: RunError.self) { try await bench.flow().stage(request) }

    #expect(error.code == .manifestInvalid)
    #expect(error.message.contains(says), "\(error.message)")
    #expect(try bench.tree(bench.directory.path) == before)
  }

  @Test func `a backtest that did not end in success is run where that is asked for, and recorded`() async throws {
    var backtest = Backtest()
    backtest.status = "FAILED"
    let bench = try RunBench(backtest)

    let run = try await bench.publish(bench.request(allowUnapproved: true))

    #expect(run.staged.status == .success)
    #expect(try run.manifest.at("inputs.backtest_status") == .string("failed"))
  }

  @Test func `an approved backtest is not recorded as anything else`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request(allowUnapproved: true))

    #expect(try run.manifest.at("inputs.backtest_status") == nil)
  }

  @Test func `bars that are not there or not good are refused, and nothing is written`() async throws {
    let bench = try RunBench()
    try bench.directory.write("ts,open,high,low,close,volume\n2025-12-15T14:30:00Z,1,1,2,1,0\n", to: "bad/HOOD.M1.csv")
    let before = try bench.tree(bench.directory.path)
    let request = try bench.request()

    let absent = try await #require(throws: RunError.self) {
      try await bench.flow(bench.files(bench.directory.path + "/absent")).stage(request)
    }
    let bad = try await #require(throws: RunError.self) {
      try await bench.flow(bench.files(bench.directory.path + "/bad")).stage(request)
    }

    #expect(absent.code == .symbolUnknown)
    #expect(absent.message.contains("\(bench.directory.path)/absent/HOOD.M1.csv"))
    #expect(bad.code == .barsInvalid)
    #expect(bad.message.contains("HOOD.M1.csv, line 2: low 2.0 is above open or close"))
    #expect(try bench.tree(bench.directory.path) == before)
  }
}
