import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON

/// Daily bars with their features, and the setups that are in them.
struct DailyColumns {
  private let series: BarSeries
  private let settings: RudometkinParameters
  private let atr2, atr10, atr40, sma, averageVolume, adx, crsi, roc: [Double]

  /// The columns of a series; the features are those that the strategy declares.
  init(series: BarSeries, features: FeatureColumns, settings: RudometkinParameters, connors: Feature) {
    func column(_ feature: Feature) -> [Double] {
      guard let column = features[feature], column.count == series.count else {
        preconditionFailure("the strategy is given the features that it names, as long as the series")
      }
      return column
    }
    self.series = series
    self.settings = settings
    atr2 = column(.wilderAverageTrueRange(period: 2))
    atr10 = column(.wilderAverageTrueRange(period: 10))
    atr40 = column(.wilderAverageTrueRange(period: 40))
    sma = column(.simpleAverage(period: settings.smaPeriod))
    averageVolume = column(.averageVolume(period: 50))
    adx = column(.directionalIndex(period: settings.adxPeriod))
    crsi = column(connors)
    roc = column(.rateOfChange(period: 5))
  }

  /// The setups of a bar, long before short; not-a-number, where a feature has no value yet, fails every comparison.
  func setups(at index: Int) -> [DailySetup] {
    let (open, close) = (series.open[index], series.close[index])
    guard
      close >= settings.minPrice, averageVolume[index] >= settings.minAverageVolume, adx[index] > settings.adxThreshold
    else { return [] }
    var setups: [DailySetup] = []
    if close > sma[index], (open - close) / open > settings.longPullbackThreshold { setups.append(.long) }
    if crsi[index] > settings.crsiThreshold, settings.atr40Ratio.contains(atr40[index] / close),
      settings.atr2Ratio.contains(atr2[index] / close), !roc[index].isNaN
    {
      setups.append(.short)
    }
    return setups
  }

  /// The price of a setup's order.
  func limit(of setup: DailySetup, at index: Int) -> Double {
    switch setup {
    case .long: series.close[index] * (1 - settings.longStretch)
    case .short: series.close[index] * (1 + settings.shortStretch)
    }
  }

  /// The numbers behind a setup; the higher its score, the better it is.
  func evidence(of setup: DailySetup, at index: Int) -> [String: JSONValue] {
    let score = setup == .long ? atr10[index] / series.close[index] : roc[index]
    let numbers = [
      "score": score, "atr2": atr2[index], "atr10": atr10[index], "atr40": atr40[index], "sma": sma[index],
      "average_volume": averageVolume[index], "adx": adx[index], "crsi": crsi[index], "roc": roc[index],
    ]
    var evidence = numbers.mapValues { $0.isFinite ? JSONValue.double($0) : .null }
    evidence["setup"] = .string(setup.rawValue)
    evidence[DailySelection.barTime] = .string(series.time[index].rfc3339)
    return evidence
  }
}
