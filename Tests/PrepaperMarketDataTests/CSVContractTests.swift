import PrepaperDomain
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct CSVContractTests {
  private static let contract = BarSourceContract(
    source: { series, directory in
      for series in series {
        try directory.write(BarsDirectory.csv(series), to: "\(series.symbol).\(series.timeframe.rawValue).csv")
      }
      return CSVBarSource(directory: directory.path)
    },
    place: { _, index, directory in ["\(directory.path)/SPY.M1.csv", "line \(index + 2)"] })

  @Test(arguments: BarSourceContract.Rule.allCases)
  func `CSV files hold to what all sources hold to`(rule: BarSourceContract.Rule) async throws {
    try await Self.contract.check(rule)
  }
}
