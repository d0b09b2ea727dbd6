import PrepaperDomain
import PrepaperHTTP
import PrepaperMarketData
import PrepaperSourceTesting
import Testing

@Suite struct HTTPContractTests {
  @Test(arguments: BarSourceContract.Rule.allCases)
  func `a vendor holds to what all sources hold to`(rule: BarSourceContract.Rule) async throws {
    let stock = Stock()
    try await Vendor.with({ request, _ in stock.answer(request) }) { vendor in
      let contract = BarSourceContract(
        source: { series, _ in
          stock.put(series)
          return try source(Stock.descriptor(vendor))
        },
        place: { bar, index, _ in
          ["vendor, page \(index / Stock.pageLength + 1)", "record \(index % Stock.pageLength + 1)"]
        })
      try await contract.check(rule)
    }
  }
}
