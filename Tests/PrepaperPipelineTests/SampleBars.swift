import PrepaperDomain
import PrepaperIndicators
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// The instant that a text names; a text that names none fails the test.
func instant(_ text: String) throws -> UTCTimestamp {
  try #require(UTCTimestamp(rfc3339: text), "\(text) is no instant")
}

/// Bars with the sessions that they belong to, as a source would give them.
struct SampleBars {
  var series: BarSeries
  var sessions: [Session]
  var range: TimeSpan
  /// What is evaluated; the whole range unless it is set.
  var window: TimeSpan

  /// Bars from the first session's open to the last one's close.
  init(_ series: BarSeries, sessions: [Session]) throws {
    self.series = series
    self.sessions = sessions
    let first = try #require(sessions.first)
    let last = try #require(sessions.last)
    range = TimeSpan(from: first.open, to: last.close)
    window = range
  }

  /// Daily bars, each of a session of its own, and one more session after them.
  init(days series: BarSeries) throws {
    let dates = series.time.map(\.utcDate)
    let last = try #require(dates.last)
    try self.init(series, sessions: (dates + [last.advanced(byDays: 1)]).map { try Session.on($0.description) })
    range = TimeSpan(from: series.time[0], to: last.advanced(byDays: 1).startUTC)
    window = range
  }

  /// The response that the gate judges.
  var response: BarsResponse {
    BarsResponse(
      window: window, range: range, base: series,
      schedule: SessionSchedule(calendar: "XNYS", version: "test", timeZone: .newYork, sessions: sessions),
      provenance: BarsProvenance(provider: "real", source: "csv", adjustment: "unknown", isSynthetic: false))
  }

  /// The same with nothing from an instant on.
  func cut(at end: UTCTimestamp) -> SampleBars {
    var part = self
    part.series = series.slice(0..<series.firstIndex(atOrAfter: end))
    part.range = TimeSpan(from: range.from, to: end)
    part.window = TimeSpan(from: window.from, to: end)
    return part
  }

  /// The same with exactly that many bars before the window.
  func warmedUp(by bars: Int) throws -> SampleBars {
    var part = self
    let first = series.firstIndex(atOrAfter: window.from)
    try #require(first >= bars, "there are only \(first) bars before the window")
    part.series = series.slice(first - bars..<series.count)
    part.range = TimeSpan(from: bars > 0 ? part.series.time[0] : window.from, to: range.to)
    return part
  }

  /// What a strategy finds in the bars that pass the gate.
  func evaluate(_ strategy: any Strategy, tolerance: HoleTolerance = HoleTolerance()) throws -> StrategyResult {
    let verdict = HistoryGate(tolerance: tolerance)
      .judge(response, timeframe: strategy.timeframe, sessionMode: .rth)
    guard case .sufficient(let history, _) = verdict else {
      throw RunError(.barsInvalid, verdict.report.reason ?? "no reason")
    }
    return strategy.evaluate(
      history, features: featureColumns(of: history.series, features: strategy.features))
  }
}

extension HoleTolerance {
  /// Everything may lack.
  static let anything = HoleTolerance(missingShare: 1, longestHole: .seconds(1 << 40))
}

extension Session {
  /// The session of a day with its hours in UTC, 9:30 to 16:00 of a New York summer unless others are given.
  static func on(_ day: String, from open: String = "13:30", to close: String = "20:00") throws -> Session {
    Session(
      day: try #require(CivilDate(iso: day)),
      hours: TimeSpan(from: try instant("\(day)T\(open)Z"), to: try instant("\(day)T\(close)Z")))
  }
}

extension BarSeries {
  /// A series of bars, whose symbol is SPY.
  init(_ timeframe: Timeframe, _ bars: [Bar]) throws {
    self.init(symbol: try #require(Symbol("SPY")), timeframe: timeframe)
    for bar in bars { append(bar) }
  }

  /// A series from CSV with the columns ts (of daily bars the date), open, high, low, close, volume.
  init(csv text: String, symbol: String, timeframe: Timeframe) throws {
    self.init(symbol: try #require(Symbol(symbol)), timeframe: timeframe)
    for line in text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      let numbers = fields.dropFirst().compactMap { Double($0) }
      try #require(fields.count == 6 && numbers.count == 5, "not a bar: \(line)")
      let time = timeframe == .d1 ? "\(fields[0])T00:00:00Z" : String(fields[0])
      append(
        Bar(
          time: try instant(time), open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3],
          volume: numbers[4]))
    }
  }

  /// The series without the bars at these indices.
  func without(_ dropped: some Sequence<Int>) -> BarSeries {
    let dropped = Set(dropped)
    var rest = BarSeries(symbol: symbol, timeframe: timeframe)
    for index in 0..<count where !dropped.contains(index) { rest.append(self[index]) }
    return rest
  }

  /// The series of another walk of prices at the same times, from an index on; seeded.
  func withNoise(from index: Int, using generator: inout SeededRandom) -> BarSeries {
    var noisy = slice(0..<index)
    for index in index..<count { noisy.append(.random(at: time[index], near: open[index], using: &generator)) }
    return noisy
  }
}

extension Bar {
  /// A sound bar with random prices in whole cents around one.
  static func random(at time: UTCTimestamp, near price: Double, using generator: inout SeededRandom) -> Bar {
    let prices = (0..<4).map { _ in
      max(1, (price * 100 + Double.random(in: -60...60, using: &generator)).rounded()) / 100
    }.sorted()
    let isRising = Bool.random(using: &generator)
    return Bar(
      time: time, open: prices[isRising ? 1 : 2], high: prices[3], low: prices[0], close: prices[isRising ? 2 : 1],
      volume: Double.random(in: 0...1000, using: &generator).rounded())
  }
}
