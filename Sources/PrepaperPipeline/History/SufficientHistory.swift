package import PrepaperDomain

/// Bars that are enough for a strategy to run on: only the gate makes one, and strategies take nothing else.
package struct SufficientHistory: Sendable {
  /// The bars of the signal's timeframe, warm-up first.
  package let series: BarSeries
  /// What is evaluated, in the bars' own timestamps: signals of bars before it are not given.
  package let window: TimeSpan
  /// The sessions that the bars lie in, and the one after them.
  package let schedule: SessionSchedule
  /// When each bar is over, and a decision on it made.
  package let closes: BarCloses
  /// The bars that `series` was built from, and when each of them is over.
  package let base: BarSeries
  package let baseCloses: BarCloses
  /// Up to where there were bars.
  private let end: UTCTimestamp
  /// Builds `series` from `base`; nil where both are the same.
  private let resampling: (any BarResampling)?

  /// - Parameter pass: that the gate has let it pass.
  init(
    _ pass: HistoryGate.Pass, series: BarSeries, base: BarSeries, response: BarsResponse, sessionMode: SessionMode,
    resampling: (any BarResampling)?
  ) {
    self.series = series
    window = response.evaluated
    schedule = response.schedule
    closes = BarCloses(series.timeframe, sessionMode, sessions: schedule.sessions)
    self.base = base
    baseCloses = BarCloses(base.timeframe, sessionMode, sessions: schedule.sessions)
    end = response.range.to
    self.resampling = resampling
  }

  private init(_ history: SufficientHistory, series: BarSeries, base: BarSeries, window: TimeSpan) {
    self.series = series
    self.base = base
    self.window = window
    schedule = history.schedule
    closes = history.closes
    baseCloses = history.baseCloses
    end = history.end
    resampling = history.resampling
  }

  /// What was known of the history at an instant, and other bars after it: for proofs, which compare.
  ///
  /// It is built anew from the base bars that were over by then, as if there never had been others.
  ///
  /// - Parameters:
  ///   - start: the first bar of `series` that is kept.
  ///   - window: what is evaluated, where it is less than the whole window.
  ///   - later: base bars in place of those from the instant on.
  package func known(
    at time: UTCTimestamp, from start: Int = 0, window: TimeSpan? = nil, later: BarSeries? = nil
  ) -> SufficientHistory {
    let first = baseIndex(ofBar: start)
    var known = base.slice(first..<max(first, baseCount(closedBy: time)))
    if let later { for index in 0..<later.count { known.append(later[index]) } }
    return rebuilt(from: known, until: later == nil ? time : end, window: window)
  }

  /// The history with other base bars in the place of some, and all the others as they were.
  ///
  /// - Parameter others: the bars of those indices, at their times.
  package func replacing(_ indices: Range<Int>, with others: BarSeries) -> SufficientHistory {
    var changed = base.slice(0..<indices.lowerBound)
    for index in 0..<others.count { changed.append(others[index]) }
    for index in indices.upperBound..<base.count { changed.append(base[index]) }
    return rebuilt(from: changed, until: end, window: nil)
  }

  /// The index of the first base bar that the bar at an index of `series` is built from; that many base bars after the
  /// last one.
  package func baseIndex(ofBar index: Int) -> Int {
    guard index > 0 else { return 0 }
    guard index < series.count else { return base.count }
    guard resampling != nil else { return index }
    let time = series.time[index]
    return base.firstIndex(
      atOrAfter: series.timeframe == .d1 ? schedule.timeZone.instant(of: time.utcDate, secondOfDay: 0) : time)
  }

  /// How many base bars were over by an instant.
  package func baseCount(closedBy time: UTCTimestamp) -> Int { base.count(closedBy: time, baseCloses) }

  /// How many bars of `series` were over by an instant.
  package func count(closedBy time: UTCTimestamp) -> Int { series.count(closedBy: time, closes) }

  private func rebuilt(from base: BarSeries, until end: UTCTimestamp, window: TimeSpan?) -> SufficientHistory {
    SufficientHistory(
      self, series: resampling?.resample(base, until: end) ?? base, base: base, window: window ?? self.window)
  }
}

extension BarSeries {
  /// How many bars were over by an instant, by bisection.
  fileprivate func count(closedBy time: UTCTimestamp, _ closes: BarCloses) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if closes.close(ofBarOpening: self.time[middle]) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
