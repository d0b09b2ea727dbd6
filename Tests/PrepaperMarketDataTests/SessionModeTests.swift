import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

/// Regular and all hours on real minutes.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct SessionModeTests {
  @Test(arguments: [
    (SessionMode.all, "2013-10-07 2013-10-08", "2013-10-07T04:00:00Z", "2013-10-08T04:00:00Z"),
    (.rth, "2013-10-07 2013-10-08", "2013-10-07T13:30:00Z", "2013-10-07T20:00:00Z"),
    (.all, "2013-10-07", "2013-10-07T04:00:00Z", "2013-10-08T04:00:00Z"),
    (.rth, "2013-10-07", "2013-10-07T13:30:00Z", "2013-10-07T20:00:00Z"),
    (.all, "2013-10-07T12:00:00Z 2013-10-07T14:00:00Z", "2013-10-07T12:00:00Z", "2013-10-07T14:00:00Z"),
    (.rth, "2013-10-07T12:00:00Z 2013-10-07T14:00:00Z", "2013-10-07T13:30:00Z", "2013-10-07T14:00:00Z"),
  ])
  func `all hours have every bar of the window, regular ones those of the session`(
    mode: SessionMode, request: String, from: String, to: String
  ) async throws {
    let inFile = try times().filter { from <= $0 && $0 < to }

    let response = try await service().spy(window(request), mode: mode)

    #expect(inFile.count > 20)
    #expect(response.base.time.map(\.description) == inFile)
  }

  @Test func `all hours begin before the open and end after the close`() async throws {
    let all = try await service().spy(window("2013-10-07"), mode: .all).base
    let regular = try await service().spy(window("2013-10-07"), mode: .rth).base

    #expect(regular.count == 390)
    #expect(all.count == 828)
    #expect(try #require(all.time.first) < instant("2013-10-07T13:30:00Z"))
    #expect(try #require(all.time.last) > instant("2013-10-07T20:00:00Z"))
  }

  @Test func `warm-up reaches over the night, and regular hours have nothing of the night`() async throws {
    let response = try await service().spy(window("2013-10-07"), mode: .rth, warmUp: WarmUp(bars: 72))
    let times = response.base.time.map(\.description)

    #expect(response.range.text == "2013-10-04T14:00:00Z 2013-10-07T20:00:00Z")
    #expect(response.base.count == 360 + 390)
    #expect(times.filter { "2013-10-04T20:00:00Z" <= $0 && $0 < "2013-10-07T13:30:00Z" } == [])
  }

  @Test func `the last session of the file is the day it ends on`() async throws {
    let response = try await service().spy(.lastSession)

    #expect(response.window.text == "2023-08-03T13:30:00Z 2023-08-03T20:00:00Z")
    #expect(response.base.count == 390)
  }

  private func service() -> RealMarketDataService {
    RealMarketDataService(
      source: CSVBarSource(directory: SharedData.path + "/data/bars"), signalsPlace: "/nowhere/signals.db")
  }

  /// The first column of the file, as it stands there.
  private func times() throws -> [String] {
    try SharedData.read("data/bars/SPY.M1.csv").split(separator: "\n").dropFirst().map { String($0.prefix(20)) }
  }
}
