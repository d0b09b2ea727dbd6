/// The measures of a chart, in units of its drawing.
struct ChartFrame {
  /// A session, or some weeks of days.
  static let whole = ChartFrame(height: 340)
  /// A part of a session, seen from nearer.
  static let near = ChartFrame(height: 270)

  let width = 880.0
  let height: Double
  let left = 58.0
  let right = 718.0
  let top = 34.0

  /// The height of the time axis.
  var bottom: Double { height - 30 }

  /// The distance between lines of text.
  let line = 13.0
}

/// A chart's price axis: which price is drawn at which height.
struct PriceScale {
  /// The prices at the lower and the upper edge.
  let low, high: Double
  /// The heights of these edges, counted downwards.
  let bottom, top: Double

  /// A scale for bars and for the prices of orders near them.
  ///
  /// A price further away than one and a half times the bars' range would flatten the bars: it is left outside.
  init(bars: ClosedRange<Double>, levels: [Double], bottom: Double, top: Double) {
    let range = bars.upperBound - bars.lowerBound
    let reach = range > 0 ? range * 1.5 : max(bars.upperBound.magnitude * 0.01, 1e-6)
    let near = levels.filter { ((bars.lowerBound - reach)...(bars.upperBound + reach)).contains($0) }
    let low = near.reduce(bars.lowerBound) { min($0, $1) }
    let high = near.reduce(bars.upperBound) { max($0, $1) }
    let margin = high > low ? (high - low) * 0.05 : reach
    self.low = low - margin
    self.high = high + margin
    self.bottom = bottom
    self.top = top
  }

  /// The height of a price; one outside lies on the edge.
  func height(of price: Double) -> Double {
    let share = (price - low) / (high - low)
    return bottom - min(max(share, 0), 1) * (bottom - top)
  }

  /// Whether a price has a height of its own.
  func shows(_ price: Double) -> Bool { (low...high).contains(price) }

  /// Round prices for lines across the chart, with the decimals that they need.
  var ticks: (prices: [Double], decimals: Int) {
    let wanted = (high - low) / 5
    guard wanted.isFinite, wanted > 0 else { return ([], 2) }
    var unit = 1.0
    var decimals = 0
    while unit > wanted, decimals < 10 { (unit, decimals) = (unit / 10, decimals + 1) }
    while unit * 10 <= wanted { unit *= 10 }
    let step = [1.0, 2, 5, 10].map { $0 * unit }.first { $0 >= wanted } ?? unit * 10
    let first = (low / step).rounded(.up)
    let count = Int(((high / step).rounded(.down) - first).clamped(to: -1...20))
    let prices = (0..<(count + 1)).map { (first + Double($0)) * step }
    return (prices, decimals)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
