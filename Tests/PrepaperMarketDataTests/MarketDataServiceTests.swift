import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

/// What holds for every service that a run may use.
@Suite struct MarketDataServiceTests {
  /// The services of this package.
  enum Kind: CaseIterable, Sendable {
    case fake, realWithFiles, realWithoutSource

    func make(_ directory: TemporaryDirectory) async throws -> any MarketDataService {
      switch self {
      case .fake: return FakeMarketDataService(choice: "default")
      case .realWithoutSource: return RealMarketDataService(source: nil, signalsPlace: directory.path + "/signals.db")
      case .realWithFiles:
        let feed = SyntheticBarSource().open(try .of("SPY", .m1))
        let bars = try await feed.bars(in: span("2024-11-25T00:00:00Z", "2024-12-07T00:00:00Z")).series
        try directory.write(BarsDirectory.csv(bars), to: "SPY.M1.csv")
        return RealMarketDataService(
          source: CSVBarSource(directory: directory.path), signalsPlace: directory.path + "/signals.db")
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `the bars are those of the window and its warm-up, ascending`(kind: Kind) async throws {
    let directory = try TemporaryDirectory()
    let service = try await kind.make(directory)

    let response = try await service.spy(window("2024-12-02"), .m15, warmUp: WarmUp(bars: 15))

    #expect(response.window.text == "2024-12-02T14:30:00Z 2024-12-02T21:00:00Z")
    #expect(response.range.text == "2024-11-27T20:45:00Z 2024-12-02T21:00:00Z")
    #expect(response.base.timeframe == .m1)
    #expect(response.base.count == 15 + 210 + 390)
    #expect(response.base.time.allSatisfy { response.range.contains($0) })
    #expect(zip(response.base.time, response.base.time.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: Kind.allCases)
  func `the same request has the same answer`(kind: Kind) async throws {
    let directory = try TemporaryDirectory()
    let service = try await kind.make(directory)

    let first = try await service.spy(window("2024-12-02"), warmUp: WarmUp(bars: 100))
    let second = try await service.spy(window("2024-12-02"), warmUp: WarmUp(bars: 100))

    #expect(first.base == second.base)
  }

  @Test(arguments: Kind.allCases)
  func `a feature has a value for every bar, not a number before it can be known`(kind: Kind) async throws {
    let directory = try TemporaryDirectory()
    let service = try await kind.make(directory)
    let series = try await service.spy(window("2024-12-02")).base

    let columns = try await service.features(
      FeaturesRequest(series: series, features: [.averageTrueRange(period: 14)]))

    let column = try #require(columns[.averageTrueRange(period: 14)])
    #expect(column.count == series.count)
    #expect(column.prefix(13).allSatisfy { $0.isNaN })
    #expect(column.dropFirst(13).allSatisfy { $0 > 0 })
    #expect(columns.features == [.averageTrueRange(period: 14)])
  }

  @Test(arguments: [
    (Kind.fake, "fake", "synthetic", true), (.realWithFiles, "real", "csv", false),
    (.realWithoutSource, "real", "synthetic", true),
  ])
  func `made-up bars are called so, and warned of`(
    kind: Kind, provider: String, source: String, isSynthetic: Bool
  ) async throws {
    let directory = try TemporaryDirectory()
    let service = try await kind.make(directory)

    let provenance = try await service.spy(window("2024-12-02")).provenance

    #expect(provenance.provider == provider)
    #expect(provenance.source == source)
    #expect(provenance.isSynthetic == isSynthetic)
    #expect(service.warnings.count == (isSynthetic ? 1 : 0))
    #expect(service.warnings.allSatisfy { $0.contains("the bars are synthetic") })
  }

  @Test func `the announcement is the one that operators know`() async throws {
    let directory = try TemporaryDirectory()

    let fake = try await Kind.fake.make(directory)
    let real = try await Kind.realWithFiles.make(directory)

    #expect(fake.announcement == "Using FakeMarketDataService (default)")
    #expect(real.announcement == "Using RealMarketDataService (signals_db=\(directory.path)/signals.db)")
  }
}
