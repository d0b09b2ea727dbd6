/// A column of numbers that a strategy needs beside the bars.
///
/// Where it says Wilder, an average is `y = first x`, then `x/period + (1 − 1/period)·y`.
package enum Feature: Hashable, Sendable {
  /// The mean of the last `period` true ranges, in price units.
  case averageTrueRange(period: Int)
  /// Wilder's average of the true ranges, in price units.
  case wilderAverageTrueRange(period: Int)
  /// The mean of the last `period` closes.
  case simpleAverage(period: Int)
  /// The exponential average of the closes, whose newest weighs `2/(period + 1)`.
  case exponentialAverage(period: Int)
  /// The mean of the last `period` volumes.
  case averageVolume(period: Int)
  /// How directed the price moves, 0 to 100 (Wilder's ADX); 0 where there is none.
  case directionalIndex(period: Int)
  /// Wilder's relative strength index of the closes, 0 to 100.
  case relativeStrength(period: Int)
  /// The mean of three numbers from 0 to 100 (Connors): two relative strengths, of the closes and of the lengths of
  /// their streaks, and the rank of the newest return.
  case connorsRelativeStrength(price: Int, streak: Int, rank: Int)
  /// The change of the close over `period` bars, in percent.
  case rateOfChange(period: Int)
  /// The rank of the newest return among the last `period` ones, in percent.
  case percentRank(period: Int)
}

extension Feature: CustomStringConvertible {
  /// The longest that a feature may look back, in bars.
  package static let longestPeriod = 10_000

  /// The feature's name and parameters, `atr(14)`: the text that `init(parsing:)` reads back.
  package var description: String {
    switch self {
    case .averageTrueRange(let period): "atr(\(period))"
    case .wilderAverageTrueRange(let period): "atr_wilder(\(period))"
    case .simpleAverage(let period): "sma(\(period))"
    case .exponentialAverage(let period): "ema(\(period))"
    case .averageVolume(let period): "average_volume(\(period))"
    case .directionalIndex(let period): "adx(\(period))"
    case .relativeStrength(let period): "rsi(\(period))"
    case .connorsRelativeStrength(let price, let streak, let rank): "crsi(\(price),\(streak),\(rank))"
    case .rateOfChange(let period): "roc(\(period))"
    case .percentRank(let period): "rank(\(period))"
    }
  }

  /// The feature of a text, or nil where it is none.
  ///
  /// - every number is 1 to 10,000
  /// - spaces may stand around numbers: `crsi(2, 2, 100)`
  package init?(parsing text: String) {
    guard let open = text.firstIndex(of: "("), text.last == ")" else { return nil }
    let words = text[text.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Self.number($0) }
    guard numbers.count == words.count, let feature = Self.make(text[..<open], numbers) else { return nil }
    self = feature
  }

  private static func make(_ name: Substring, _ numbers: [Int]) -> Feature? {
    if name == "crsi" {
      guard numbers.count == 3 else { return nil }
      return .connorsRelativeStrength(price: numbers[0], streak: numbers[1], rank: numbers[2])
    }
    guard numbers.count == 1 else { return nil }
    let period = numbers[0]
    return switch name {
    case "atr": .averageTrueRange(period: period)
    case "atr_wilder": .wilderAverageTrueRange(period: period)
    case "sma": .simpleAverage(period: period)
    case "ema": .exponentialAverage(period: period)
    case "average_volume": .averageVolume(period: period)
    case "adx": .directionalIndex(period: period)
    case "rsi": .relativeStrength(period: period)
    case "roc": .rateOfChange(period: period)
    case "rank": .percentRank(period: period)
    default: nil
    }
  }

  private static func number(_ word: Substring) -> Int? {
    var digits = word.drop { $0 == " " }
    while digits.last == " " { digits.removeLast() }
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits) else { return nil }
    return (1...longestPeriod).contains(number) ? number : nil
  }
}

/// Which features of which bars are wanted.
package struct FeaturesRequest: Sendable {
  /// The bars that the strategy sees.
  package let series: BarSeries
  /// The features.
  package let features: [Feature]

  /// A request of these parts.
  package init(series: BarSeries, features: [Feature]) {
    self.series = series
    self.features = features
  }
}

/// Features of one series: a column as long as the series for each, not-a-number where there is none yet.
package struct FeatureColumns: Sendable {
  private let columns: [Feature: [Double]]

  /// These columns.
  package init(_ columns: [Feature: [Double]]) {
    self.columns = columns
  }

  /// The features that there are, by name.
  package var features: [Feature] {
    columns.keys.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
  }

  /// The column of a feature, or nil where nobody asked for it.
  package subscript(feature: Feature) -> [Double]? { columns[feature] }
}
