package import PrepaperDomain

/// The features of a series; what several of them need is computed once.
package func featureColumns(of series: BarSeries, features: [Feature]) -> FeatureColumns {
  var workshop = FeatureWorkshop(series)
  var columns: [Feature: [Double]] = [:]
  for feature in features { columns[feature] = workshop.column(feature) }
  return FeatureColumns(columns)
}

/// Computes features of one series, and keeps them for those that are made of them.
private struct FeatureWorkshop {
  private let series: BarSeries
  private var made: [Feature: [Double]] = [:]
  private lazy var trueRanges = trueRange(of: series)

  init(_ series: BarSeries) {
    self.series = series
  }

  mutating func column(_ feature: Feature) -> [Double] {
    if let column = made[feature] { return column }
    let column = make(feature)
    made[feature] = column
    return column
  }

  private mutating func make(_ feature: Feature) -> [Double] {
    switch feature {
    case .averageTrueRange(let period): return averageTrueRange(of: series, period: period)
    case .wilderAverageTrueRange(let period): return wilderMean(of: trueRanges, period: period)
    case .simpleAverage(let period): return simpleMean(of: series.close, period: period)
    case .exponentialAverage(let period): return exponentialMean(of: series.close, weight: 2 / Double(period + 1))
    case .averageVolume(let period): return simpleMean(of: series.volume, period: period)
    case .directionalIndex(let period):
      return directionalIndex(
        of: series, averageRange: column(.wilderAverageTrueRange(period: period)), period: period)
    case .relativeStrength(let period): return relativeStrength(of: series.close, period: period)
    case .connorsRelativeStrength(let price, let streakPeriod, let rank):
      let prices = column(.relativeStrength(period: price))
      let streaks = relativeStrength(of: streak(of: series.close), period: streakPeriod)
      let ranks = column(.percentRank(period: rank))
      return series.close.indices.map { (prices[$0] + streaks[$0] + ranks[$0]) / 3 }
    case .rateOfChange(let period): return rateOfChange(of: series.close, period: period)
    case .percentRank(let period): return percentRank(of: change(of: series.close, period: 1), period: period)
    }
  }
}
