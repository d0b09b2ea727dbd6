import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperPrograms
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ExampleStrategyTests {
  /// The example that ships with the project.
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scripts/examples").path

  private func run(_ parameters: [String: JSONValue], closes: [Double], warmUp: Int) async throws -> StrategyResult {
    let folder = try Registered()
    // As a user would: the registration of the example, with the place of its program.
    let text = try String(contentsOfFile: "\(Self.path)/moving_average_cross.json", encoding: .utf8)
      .replacingOccurrences(of: "/opt/strategies", with: Self.path)
    try folder.directory.write(text, to: "moving_average_cross.json")
    let runner = try StrategyCatalog(folders: folder.folders)
      .runner(
        key: "moving_average_cross", parameters: parameters, timeframe: .m5, symbols: [try symbol("HOOD")])
    var inputs = [try SampleHistory(warmUp: warmUp, closes: closes).input()]
    return try await runner.run { inputs.popLast() }
  }

  @Test func `it buys where the fast mean crosses the slow one upwards, and sells downwards`() async throws {
    // Means of 2 and 3: below, below, above from the sixth close on, below from the ninth.
    let closes: [Double] = [12, 11, 10, 9, 8, 10, 12, 13, 10, 9]

    let result = try await run(
      ["fast": .integer(2), "slow": .integer(3), "stop": .double(0.02), "target": .double(0.04)], closes: closes,
      warmUp: 4)

    #expect(result.signals.map(\.side) == [.buy, .sell])
    #expect(result.signals.map(\.time) == [SampleHistory.time(7), SampleHistory.time(9)])
    #expect(result.signals.map(\.entryPrice) == [12, 10])
    #expect(result.signals.map(\.stopPrice) == [11.76, 10.2])
    #expect(result.signals.map(\.takeProfitPrice) == [12.48, 9.6])
    #expect(result.rejects.isEmpty)
  }

  @Test func `what crosses in the warm-up is no signal`() async throws {
    let result = try await run(
      ["fast": .integer(2), "slow": .integer(3)], closes: [12, 11, 10, 9, 8, 10, 12, 13, 10, 9], warmUp: 8)

    #expect(result.signals.map(\.side) == [.sell])
    #expect(result.rejects.isEmpty)
  }

  @Test func `parameters that make no sense fail the run in its own words`() async throws {
    let error = try await #require(throws: RunError.self) {
      try await run(["fast": .integer(9), "slow": .integer(3)], closes: [1, 2, 3, 4], warmUp: 2)
    }

    #expect(error.code == .strategyFailed)
    #expect(error.message.contains("the end of its stderr: fast must be 1 or more and less than slow"))
  }
}
