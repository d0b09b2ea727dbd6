package import PrepaperDomain
import PrepaperIndicators
package import PrepaperJSON

/// Daily bars that moved far in a directed market: a limit order for the next session, out on its close.
///
/// Long after a fall within the day above the long mean, short after a rise that is strong by its history.
package struct RudometkinStrategy: BuiltInStrategy {
  /// The strategy's name in manifests.
  package static let strategyKey = "rudometkin_moc"
  package static let alias: String? = nil
  package static let timeframes: [Timeframe] = [.d1]
  package static let accepted: [String] = []
  package static var meanings: [String: String] { RudometkinParameters.meanings }
  package static var example: (parameters: [String: JSONValue], timeframe: Timeframe) { ([:], .d1) }

  let settings: RudometkinParameters

  /// The strategy with its parameters.
  package init(_ settings: RudometkinParameters) {
    self.settings = settings
  }

  /// The strategy with the parameters of a backtest.
  package init(parameters: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    self.init(try RudometkinParameters(parameters, timeframe: timeframe))
  }

  package var version: String { "1" }
  package var parameters: [String: JSONValue] { settings.materialised }
  package var ignoredParameters: [String] { [] }
  package var declared: [ParameterDeclaration] { settings.declared }
  package var timeframe: Timeframe { .d1 }
  package var features: [Feature] {
    [
      .wilderAverageTrueRange(period: 2), .wilderAverageTrueRange(period: 10), .wilderAverageTrueRange(period: 40),
      .simpleAverage(period: settings.smaPeriod), .averageVolume(period: 50),
      .directionalIndex(period: settings.adxPeriod), connors, .rateOfChange(period: 5),
    ]
  }

  /// Always as many: Wilder's averages remember their first bar.
  package var warmUpBars: Int { max(settings.smaPeriod, settings.crsiRankPeriod + 1, 50, 200) }

  package func evaluate(_ history: SufficientHistory, features: FeatureColumns) -> StrategyResult {
    let series = history.series
    var result = StrategyResult()
    let isInUniverse = settings.universe?.contains(series.symbol) ?? true
    guard isInUniverse, series.count >= settings.smaPeriod else { return result }
    let columns = DailyColumns(series: series, features: features, settings: settings, connors: connors)
    var sessions = NextSessions(history.schedule)
    for index in series.indices(in: history.window) {
      for setup in columns.setups(at: index) {
        let day = series.time[index]
        let evidence = columns.evidence(of: setup, at: index)
        guard let session = sessions.session(of: day) else {
          result.rejects.append(
            Reject(time: day, symbol: series.symbol, reason: "no_session", numbers: evidence))
          continue
        }
        guard let next = session.next else {
          result.rejects.append(
            Reject(time: day, symbol: series.symbol, reason: "no_next_session", numbers: evidence))
          continue
        }
        result.signals.append(
          Signal(
            time: session.close, symbol: series.symbol, side: setup.side,
            entryPrice: columns.limit(of: setup, at: index), orderType: "LIMIT", timeInForce: "DAY",
            validity: next, evidence: evidence))
      }
    }
    return result
  }

  package func select(from all: StrategyResult) -> StrategyResult {
    DailySelection(limit: settings.maxDailySignals).select(from: all)
  }

  private var connors: Feature {
    .connorsRelativeStrength(
      price: settings.crsiPricePeriod, streak: settings.crsiStreakPeriod, rank: settings.crsiRankPeriod)
  }
}

/// What the market-on-close strategy looks for in a daily bar.
enum DailySetup: String {
  case long = "moc_long"
  case short = "moc_short"

  var side: Side {
    switch self {
    case .long: .buy
    case .short: .sell
    }
  }
}

/// Finds the session of each daily bar, and the one after it; bars come ascending.
struct NextSessions {
  private let schedule: SessionSchedule
  private var index = 0

  init(_ schedule: SessionSchedule) {
    self.schedule = schedule
  }

  /// The close of a daily bar's session, and the hours of the next one where the calendar knows it; nil where the
  /// calendar has no session on the bar's date.
  mutating func session(of time: UTCTimestamp) -> (close: UTCTimestamp, next: TimeSpan?)? {
    let sessions = schedule.sessions
    let day = time.utcDate
    while index < sessions.count, sessions[index].day < day { index += 1 }
    guard index < sessions.count, sessions[index].day == day else { return nil }
    let next = index + 1 < sessions.count ? sessions[index + 1] : schedule.following
    return (sessions[index].close, next?.hours)
  }
}
