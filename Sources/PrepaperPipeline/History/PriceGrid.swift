import PrepaperDomain

/// The steps on which an instrument's prices lie, as far as its bars show them: cents, quarters, or none.
struct PriceGrid: Sendable {
  private static let mostDecimals = 8
  /// So many bars are looked at, evenly spread.
  private static let sample = 2_000

  /// How many units there are in 1, and how many of them one step is; nil where prices have more decimals than that.
  private let grid: (unitsInOne: Double, step: Double)?

  /// The grid of a series.
  init(of series: BarSeries) {
    let stride = max(1, series.count / Self.sample)
    let places = Array(Swift.stride(from: 0, to: series.count, by: stride))
    let prices = [series.open, series.high, series.low, series.close].flatMap { column in places.map { column[$0] } }
    var decimals = 0
    for price in prices {
      guard let needed = (decimals...Self.mostDecimals).first(where: { Self.isWhole(price, decimals: $0) }) else {
        grid = nil
        return
      }
      decimals = needed
    }
    // One that was whole with fewer decimals may be too large with more.
    guard prices.allSatisfy({ Self.isWhole($0, decimals: decimals) }) else {
      grid = nil
      return
    }
    let unitsInOne = Self.power(decimals)
    let step = prices.reduce(0) { Self.commonDivisor($0, Int64(($1 * unitsInOne).rounded())) }
    grid = step > 0 ? (unitsInOne, Double(step)) : nil
  }

  /// The nearest price on the grid, one step at least.
  func nearest(to price: Double) -> Double {
    guard let grid else { return price }
    return max(1, (price * grid.unitsInOne / grid.step).rounded()) * grid.step / grid.unitsInOne
  }

  /// Whether a price is a whole number of that many decimals, and not too large to be told exactly.
  private static func isWhole(_ price: Double, decimals: Int) -> Bool {
    let units = (price * power(decimals)).rounded()
    return units < 9e15 && units / power(decimals) == price
  }

  private static func power(_ decimals: Int) -> Double { (0..<decimals).reduce(1) { power, _ in power * 10 } }

  private static func commonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }
}
