import PrepaperDomain
import Testing

@Suite struct FeatureTests {
  static let texts: [(String, Feature)] = [
    ("atr(14)", .averageTrueRange(period: 14)), ("atr_wilder(10)", .wilderAverageTrueRange(period: 10)),
    ("sma(200)", .simpleAverage(period: 200)), ("ema(20)", .exponentialAverage(period: 20)),
    ("average_volume(50)", .averageVolume(period: 50)), ("adx(5)", .directionalIndex(period: 5)),
    ("rsi(14)", .relativeStrength(period: 14)),
    ("crsi(2,3,100)", .connorsRelativeStrength(price: 2, streak: 3, rank: 100)),
    ("roc(5)", .rateOfChange(period: 5)), ("rank(100)", .percentRank(period: 100)),
  ]

  @Test(arguments: texts)
  func `a feature has a text that is read back`(text: String, feature: Feature) {
    #expect(feature.description == text)
    #expect(Feature(parsing: text) == feature)
  }

  @Test(arguments: [
    ("crsi(2, 3 , 100)", "crsi(2,3,100)"), ("atr( 014 )", "atr(14)"), ("sma(10000)", "sma(10000)"),
    ("roc(1)", "roc(1)"),
  ])
  func `spaces and zeros around numbers do not matter`(text: String, canonical: String) {
    #expect(Feature(parsing: text)?.description == canonical)
  }

  @Test(arguments: [
    "", "atr", "atr()", "atr(0)", "atr(-1)", "atr(+1)", "atr(10001)", "atr(1.5)", "atr(1,2)", "atr(1", "atr1)",
    "ATR(14)", " atr(14)", "atr(14) ", "atr(14))", "crsi(2)", "crsi(2,2)", "crsi(2,2,100,1)", "crsi(2,,100)",
    "macd(12)", "atr(1 4)", "atr(٣)", "atr(99999999999999999999)",
  ])
  func `another text is no feature`(text: String) {
    #expect(Feature(parsing: text) == nil)
  }
}
