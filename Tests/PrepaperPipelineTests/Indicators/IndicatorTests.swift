import PrepaperDomain
import PrepaperIndicators
import PrepaperTestSupport
import Testing

@Suite struct IndicatorTests {
  @Test(
    arguments: [
      (1, 1), (1, 5000), (2, 1), (2, 3), (5, 4), (5, 5), (14, 1037), (14, 1038), (14, 5000), (200, 3000), (1500, 8000),
    ])
  func `a mean is the sum from the oldest to the newest, to the last bit`(period: Int, count: Int) {
    var generator = SeededRandom(seed: UInt64(period * 10_000 + count))
    let values = (0..<count).map { _ in Double.random(in: 0...1e6, using: &generator) }

    let means = simpleMean(of: values, period: period)

    let expected = values.indices.map { index in
      index < period - 1 ? .nan : values[(index - period + 1)...index].reduce(0, +) / Double(period)
    }
    #expect(means.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test(arguments: [1, 3, 14, 700])
  func `an average true range is the mean of the true ranges, to the last bit`(period: Int) throws {
    let series = try randomSeries(count: 4000, seed: UInt64(period))

    let averages = averageTrueRange(of: series, period: period)

    #expect(averages.map(\.bitPattern) == simpleMean(of: trueRange(of: series), period: period).map(\.bitPattern))
  }

  @Test func `an exponential mean begins with the first value and passes over what is none`() {
    let means = exponentialMean(of: [.nan, 8, 4, .nan, 12], weight: 0.25)

    #expect(means.map { $0.isNaN ? -1 : $0 } == [-1, 8, 7, 7, 8.25])
    #expect(wilderMean(of: [8, 4], period: 4) == [8, 7])
  }

  @Test func `a streak counts rises and falls in a row`() {
    #expect(streak(of: [5, 6, 7, 7, 6, 5, 4, 5, 5, 4]) == [0, 1, 2, 0, -1, -2, -3, 1, 0, -1])
    #expect(streak(of: []).isEmpty)
  }

  @Test func `relative strength is of gains and losses, and none without a loss`() {
    // Given a rise, a fall of half, and two rises
    let strength = relativeStrength(of: [10, 12, 11, 11, 15], period: 2)

    // Then gains are 2, 1, 0.5, 2.25 and losses 0, 0.5, 0.25, 0.125
    #expect(strength[0].isNaN && strength[1].isNaN)
    #expect(strength[2] == 100 - 100 / 3.0)
    #expect(strength[3] == 100 - 100 / 3.0)
    #expect(strength[4] == 100 - 100 / 19.0)
    #expect(relativeStrength(of: [10, 10, 10], period: 2).allSatisfy { $0.isNaN })
    #expect(relativeStrength(of: [10, 9], period: 2)[1] == 0)
  }

  @Test(
    arguments: [
      ([1, 2, 3, 4], 4, 100), ([4, 3, 2, 1], 4, 25), ([1, 1, 1, 1], 4, 62.5), ([1, 2, 2, 2], 4, 75),
      ([9, 9, 1, 2], 2, 100), ([3], 1, 100), ([.nan, 1, 2], 2, 100), ([.nan, 1, 2], 3, .nan), ([2, .nan], 2, .nan),
    ] as [([Double], Int, Double)])
  func `values that tie share the mean of their ranks`(values: [Double], period: Int, rank: Double) {
    let last = percentRank(of: values, period: period).last

    #expect(last == rank || (last?.isNaN == true && rank.isNaN))
  }

  @Test func `changes begin as many values late as they reach back`() {
    let changes = rateOfChange(of: [10, 20, 15, 30], period: 2)

    #expect(changes[0].isNaN && changes[1].isNaN)
    #expect(changes[2...] == [50, 50])
  }

  @Test func `a market without direction has a directional index of zero`() throws {
    // Given bars that are all alike: neither direction moves, and 0/0 is none
    let series = try BarSeries(.d1, (0..<20).map { bar(at: $0, high: 11, low: 9, close: 10) })

    let index = try column("adx(5)", of: series)

    #expect(index == [Double](repeating: 0, count: 20))
  }

  @Test func `a market of bars without a range has a directional index of zero`() throws {
    let series = try BarSeries(.d1, (0..<20).map { bar(at: $0, high: 10, low: 10, close: 10) })

    #expect(try column("adx(5)", of: series) == [Double](repeating: 0, count: 20))
  }

  @Test func `a market that only rises is wholly directed`() throws {
    let series = try BarSeries(.d1, (0..<20).map { bar(at: $0, high: 11 + Double($0), low: 9 + Double($0), close: 10) })

    let index = try column("adx(5)", of: series)

    #expect(index[0] == 0)
    #expect(index[1...].allSatisfy { abs($0 - 100) < 1e-9 })
  }

  @Test func `a bar that reaches as far up as down has no direction`() throws {
    let series = try BarSeries(
      .d1, [bar(at: 0, high: 11, low: 9, close: 10), bar(at: 1, high: 12, low: 8, close: 10)])

    #expect(try column("adx(5)", of: series) == [0, 0])
  }

  @Test(arguments: [
    ("atr(3)", 2), ("atr_wilder(3)", 0), ("sma(5)", 4), ("ema(5)", 0), ("average_volume(7)", 6), ("adx(5)", 0),
    ("roc(5)", 5), ("rank(9)", 9), ("crsi(2,2,9)", 9),
  ])
  func `a feature is as long as the series and has no value before its first`(text: String, first: Int) throws {
    let column = try column(text, of: randomSeries(count: 60, seed: 7))

    #expect(column.count == 60)
    #expect(column.firstIndex { !$0.isNaN } == first)
    #expect(column[first...].allSatisfy { $0.isFinite })
  }

  @Test func `features are what their numbers are made of`() throws {
    let series = try randomSeries(count: 300, seed: 11)
    let texts = [
      "atr(14)", "atr_wilder(10)", "sma(20)", "ema(9)", "average_volume(5)", "rsi(2)", "roc(5)", "rank(30)",
      "crsi(2,3,30)",
    ]

    // When all are asked for together, and each by itself
    let features = try texts.map { try #require(Feature(parsing: $0)) }
    let together = featureColumns(of: series, features: features)
    let expected: [[Double]] = [
      averageTrueRange(of: series, period: 14), wilderMean(of: trueRange(of: series), period: 10),
      simpleMean(of: series.close, period: 20), exponentialMean(of: series.close, weight: 0.2),
      simpleMean(of: series.volume, period: 5), relativeStrength(of: series.close, period: 2),
      rateOfChange(of: series.close, period: 5),
      percentRank(of: change(of: series.close, period: 1), period: 30),
      series.close.indices.map { index in
        let strengths = [
          relativeStrength(of: series.close, period: 2)[index],
          relativeStrength(of: streak(of: series.close), period: 3)[index],
        ]
        return (strengths[0] + strengths[1] + percentRank(of: change(of: series.close, period: 1), period: 30)[index])
          / 3
      },
    ]

    // Then they are the same, and only those that were asked for
    for (feature, column) in zip(features, expected) {
      #expect(together[feature]?.map(\.bitPattern) == column.map(\.bitPattern), "\(feature)")
      #expect(
        featureColumns(of: series, features: [feature])[feature]?.map(\.bitPattern) == column.map(\.bitPattern),
        "\(feature)")
    }
    #expect(featureColumns(of: series, features: [features[8]]).features == [features[8]])
  }

  @Test(arguments: FeatureTexts.all)
  func `without bars a feature has no values`(text: String) throws {
    #expect(try column(text, of: BarSeries(.d1, [])).isEmpty)
  }

  @Test(arguments: FeatureTexts.all)
  func `bars to come change no feature`(text: String) throws {
    let series = try randomSeries(count: 200, seed: 5)
    let all = try column(text, of: series)

    for end in [1, 2, 50, 151] {
      #expect(
        try column(text, of: series.slice(0..<end)).map(\.bitPattern) == all.prefix(end).map(\.bitPattern), "\(end)")
    }
  }

  private func column(_ text: String, of series: BarSeries) throws -> [Double] {
    let feature = try #require(Feature(parsing: text))
    return try #require(featureColumns(of: series, features: [feature])[feature])
  }

  private func randomSeries(count: Int, seed: UInt64) throws -> BarSeries {
    var generator = SeededRandom(seed: seed)
    return try BarSeries(
      .d1, (0..<count).map { .random(at: UTCTimestamp(seconds: Int64($0) * 86_400), near: 100, using: &generator) })
  }

  private func bar(at day: Int, high: Double, low: Double, close: Double) -> Bar {
    Bar(time: UTCTimestamp(seconds: Int64(day) * 86_400), open: close, high: high, low: low, close: close, volume: 1)
  }
}

/// A feature of each kind.
enum FeatureTexts {
  static let all = [
    "atr(14)", "atr_wilder(10)", "sma(20)", "ema(9)", "average_volume(5)", "adx(5)", "rsi(2)", "crsi(2,2,30)", "roc(5)",
    "rank(30)",
  ]
}
