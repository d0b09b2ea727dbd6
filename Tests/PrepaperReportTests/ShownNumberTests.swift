import Testing

@testable import PrepaperReport

@Suite struct ShownNumberTests {
  @Test(
    arguments: [
      (221.89000000000001, "221.89"), (150, "150.00"), (0.1 + 0.2, "0.30"), (29.788500000000003, "29.7885"),
      (64123.45, "64123.45"), (0.00001234, "0.00001234"), (-1.5, "-1.50"), (0, "0.00"), (1e300, "1e+300"),
      (999_999_999_999.5, "999999999999.50"), (.infinity, "inf"),
    ] as [(Double, String)])
  func `a price is read without the noise of its last digits`(price: Double, text: String) {
    #expect(price.price == text)
  }

  @Test(
    arguments: [
      (0.32642857142857096, "0.326429"), (42257938.32, "42257938"), (2, "2"), (0.05, "0.05"), (-0.004, "-0.004"),
    ] as [(Double, String)])
  func `a number has about six digits`(number: Double, text: String) {
    #expect(number.shown == text)
  }

  @Test(arguments: [(12.345, "12.35"), (12.0, "12"), (-0.001, "0"), (0.5, "0.5")])
  func `a coordinate has hundredths at most`(number: Double, text: String) {
    #expect(number.coordinate == text)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1470, "1,470"), (-1_234_567, "-1,234,567")])
  func `a count is read in groups of three`(count: Int, text: String) {
    #expect(count.grouped == text)
  }

  @Test func `labels move apart as little as they must, and stay between the edges`() {
    let levels = [10.0, 12, 50, 98, 99]
    let labels = levels.map { ChartLabel(text: "", style: "buy", level: $0, start: 0) }

    let heights = ChartLabel.spread(labels, distance: 10, top: 0, bottom: 100).map(\.height)

    #expect(heights == [10, 20, 50, 90, 100])
  }
}
