import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// Whole runs on real minutes, held against what an independent implementation found.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct GoldenRunTests {
  /// The minutes begin with the session of 2013-10-04, the only one before the first window.
  static let minutesBefore = 390

  @Test(arguments: try GoldenCase.names())
  func `a run on real minutes has exactly the golden signals of its window`(name: String) async throws {
    let golden = try GoldenCase(name)
    let isEnough = try golden.warmUp <= Self.minutesBefore / golden.timeframe.minutes

    let plan = try await orders(golden, from: isEnough ? "2013-10-07" : "2013-10-09", to: "2013-10-12")

    let expected = try golden.signals(
      in: TimeSpan(
        from: instant("2013-10-\(isEnough ? "07" : "09")T04:00:00Z"), to: instant("2013-10-12T04:00:00Z")))
    #expect(plan.status == .success)
    try #require(plan.orders.count == expected.count)
    for (order, signal) in zip(plan.orders, expected) where !order.agrees(with: signal) {
      Issue.record("\(order) is not \(signal)")
    }
  }

  @Test(arguments: try GoldenCase.names())
  func `a run whose warm-up begins before the minutes do has no signals`(name: String) async throws {
    let golden = try GoldenCase(name)
    let isEnough = try golden.warmUp <= Self.minutesBefore / golden.timeframe.minutes

    let first = try await orders(golden, from: "2013-10-07", to: "2013-10-12")
    let beginning = try await orders(golden, from: "2013-10-04", to: "2013-10-05")

    #expect(first.status == (isEnough ? .success : .noSignals))
    #expect(beginning.status == .noSignals)
    #expect(beginning.orders.isEmpty)
  }

  @Test func `the cases are those that are known, with signals to compare`() throws {
    let window = TimeSpan(from: try instant("2013-10-07T04:00:00Z"), to: try instant("2013-10-12T04:00:00Z"))

    let counts = try GoldenCase.names().map { try GoldenCase($0).signals(in: window).count }

    #expect(counts.count == 18)
    #expect(counts.count { $0 > 0 } == 16)
    #expect(counts.reduce(0, +) == 226)
  }

  /// What a run of a case's parameters finds between two days.
  private func orders(
    _ golden: GoldenCase, from: String, to: String
  ) async throws -> (status: RunStatus, orders: [GoldenSignal]) {
    let bench = try RunBench(golden.backtest)
    let request = try bench.request(window: days(from, to), backtest: "golden")
    let run = try await bench.publish(request, bench.flow(bench.files(SharedData.path + "/data/bars")))
    let orders = try run.json("plan.json").at("orders")?.items.map { try GoldenSignal(order: $0) }
    return (run.staged.status, orders ?? [])
  }
}
