package import PrepaperDomain

/// Bars that are enough for a strategy to run on: only the gate makes one, and strategies take nothing else.
package struct SufficientHistory: Sendable {
  /// The bars of the signal's timeframe, warm-up first.
  package let series: BarSeries
  /// What is evaluated, in the bars' own timestamps: signals of bars before it are not given.
  package let window: TimeSpan
  /// The sessions that the bars lie in, and the one after them.
  package let schedule: SessionSchedule

  fileprivate init(series: BarSeries, window: TimeSpan, schedule: SessionSchedule) {
    self.series = series
    self.window = window
    self.schedule = schedule
  }
}

extension SufficientHistory {
  /// What was known of the history before an index, and other bars after it: for proofs, which compare.
  ///
  /// - Parameters:
  ///   - start: the first bar that is kept.
  ///   - window: what is evaluated, where it is less than the whole window.
  ///   - later: bars in place of those from the index on.
  package func known(
    before end: Int, from start: Int = 0, window: TimeSpan? = nil, later: BarSeries? = nil
  ) -> SufficientHistory {
    var known = series.slice(start..<end)
    if let later { for index in 0..<later.count { known.append(later[index]) } }
    return SufficientHistory(series: known, window: window ?? self.window, schedule: schedule)
  }
}

/// Compares the bars that there are with those that the calendar expects, and lets a run pass or not.
///
/// Expected are the base bars of every session from the first warm-up bar to the window's end. A bar outside the
/// sessions is neither expected nor counted.
package struct HistoryGate: Sendable {
  private let tolerance: HoleTolerance

  /// A gate with a tolerance.
  package init(tolerance: HoleTolerance = HoleTolerance()) {
    self.tolerance = tolerance
  }

  /// Judges a response, and resamples what passes to the signal's timeframe.
  package func judge(_ response: BarsResponse, timeframe: Timeframe, sessionMode: SessionMode) -> GateVerdict {
    let count = count(response)
    let missing = count.expected - count.present
    let problem = problem(response, count, timeframe)
    let status: HistoryReport.Status =
      if response.loading != nil { .loading } else if problem != nil { .degraded } else { .sufficient }
    let expected = count.runs.map { run in
      let isLoss = problem != nil && (isTooLong(run, response.base.timeframe) || !isFew(missing, count.expected))
      return Hole(first: run.first, last: run.last, bars: run.bars, kind: isLoss ? .missing : .noTrade)
    }
    let outside = sessionMode == .all ? holesOutsideSessions(of: response) : []
    let report = HistoryReport(
      status: status, expectedBars: count.expected, presentBars: count.present,
      holes: (expected + outside).sorted { $0.first < $1.first }, reason: response.loading ?? problem)
    guard status == .sufficient else { return .insufficient(report) }
    let series =
      response.base.timeframe == timeframe
      ? response.complete(sessionMode)
      : Resampler(timeframe: timeframe, sessionMode: sessionMode, schedule: response.schedule)
        .resample(response.base, until: response.range.to)
    return .sufficient(
      SufficientHistory(series: series, window: response.evaluated, schedule: response.schedule), report)
  }

  /// Why a response does not pass, or nil.
  private func problem(_ response: BarsResponse, _ count: Count, _ timeframe: Timeframe) -> String? {
    let window = response.window
    guard response.schedule.sessions.contains(where: { $0.overlaps(window) }) else {
      return "calendar \(response.schedule.calendar) has no session in the window \(window.from) to \(window.to)"
    }
    guard timeframe != .d1 || response.evaluated.from < response.evaluated.to else {
      return "no session that opens in the window \(window.from) to \(window.to) is over by its end"
    }
    let missing = count.expected - count.present
    guard
      !isFew(missing, count.expected) || count.runs.contains(where: { isTooLong($0, response.base.timeframe) })
    else { return nil }
    return reason(response, count, missing: missing)
  }

  /// Base bars in a row that are not there.
  private struct Run {
    let first: UTCTimestamp
    var last: UTCTimestamp
    var bars: Int
  }

  private struct Count {
    var expected = 0
    var present = 0
    var runs: [Run] = []
  }

  /// Walks the expected bars and the present ones side by side, session by session.
  private func count(_ response: BarsResponse) -> Count {
    var count = Count()
    let times = response.base.time
    let step = response.base.timeframe.microseconds
    var index = 0
    var run: Run?
    func expect(_ time: UTCTimestamp) {
      count.expected += 1
      while index < times.count, times[index] < time { index += 1 }
      if index < times.count, times[index] == time {
        count.present += 1
        if let ended = run { count.runs.append(ended) }
        run = nil
      } else {
        run = Run(first: run?.first ?? time, last: time, bars: (run?.bars ?? 0) + 1)
      }
    }
    for session in response.schedule.sessions {
      if response.base.timeframe == .d1 {
        if response.range.contains(session.day.startUTC) { expect(session.day.startUTC) }
        continue
      }
      var time = session.open
      while time < session.close {
        if response.range.contains(time) { expect(time) }
        time = UTCTimestamp(microseconds: time.microseconds + step)
      }
      // A hole within a day ends with its session.
      if let ended = run { count.runs.append(ended) }
      run = nil
    }
    if let run { count.runs.append(run) }
    return count
  }

  /// The holes between two bars of one evening or one morning, outside of every session.
  private func holesOutsideSessions(of response: BarsResponse) -> [Hole] {
    guard response.base.timeframe != .d1 else { return [] }
    let (series, step) = (response.base, response.base.timeframe.microseconds)
    var holes: [Hole] = []
    for session in response.schedule.sessions {
      let zone = response.schedule.timeZone
      let morning = TimeSpan(from: zone.instant(of: session.day, secondOfDay: 0), to: session.open)
      let evening = TimeSpan(
        from: session.close, to: zone.instant(of: session.day.advanced(byDays: 1), secondOfDay: 0))
      for span in [morning, evening] {
        for index in series.indices(in: span).dropFirst() {
          let (before, after) = (series.time[index - 1].microseconds, series.time[index].microseconds)
          guard after - before > step else { continue }
          holes.append(
            Hole(
              first: UTCTimestamp(microseconds: before + step), last: UTCTimestamp(microseconds: after - step),
              bars: Int((after - before) / step) - 1, kind: .outsideSession))
        }
      }
    }
    return holes
  }

  private func isTooLong(_ run: Run, _ timeframe: Timeframe) -> Bool {
    timeframe.duration * run.bars > tolerance.longestHole
  }

  private func isFew(_ missing: Int, _ expected: Int) -> Bool {
    Double(missing) <= tolerance.missingShare * Double(expected)
  }

  /// `expected 468 M1 bars from … to …, missing 12: [2013-10-04T13:30:00Z (12)]`, at most five holes named.
  private func reason(_ response: BarsResponse, _ count: Count, missing: Int) -> String {
    let shown = count.runs.prefix(5).map { "\($0.first) (\($0.bars))" }.joined(separator: ", ")
    let more = count.runs.count > 5 ? " and \(count.runs.count - 5) more holes" : ""
    return "expected \(count.expected) \(response.base.timeframe.rawValue) bars of \(response.base.symbol) from "
      + "\(response.range.from) to \(response.range.to), missing \(missing): [\(shown)]\(more)"
  }
}

extension BarsResponse {
  /// The base bars without one at the end that is not over when the range ends (the forming bar).
  ///
  /// The range of daily bars has only days that are over.
  fileprivate func complete(_ sessionMode: SessionMode) -> BarSeries {
    guard let last = base.time.last, base.timeframe != .d1 else { return base }
    let session = sessionMode == .rth ? schedule.sessions.last { $0.hours.contains(last) } : nil
    let end = last + base.timeframe.duration
    return min(end, session?.close ?? end) <= range.to ? base : base.slice(0..<base.count - 1)
  }
}

extension Session {
  fileprivate func overlaps(_ span: TimeSpan) -> Bool {
    open < span.to && span.from < close
  }
}

/// What the history gate says: the history that a strategy may run on, or why there is none.
package enum GateVerdict: Sendable {
  /// The strategy may run.
  case sufficient(SufficientHistory, HistoryReport)
  /// The strategy must not run: more bars are coming, or what there is does not suffice.
  case insufficient(HistoryReport)

  /// What was found, either way.
  package var report: HistoryReport {
    switch self {
    case .sufficient(_, let report), .insufficient(let report): report
    }
  }
}

/// Where the price changes by more than a share of itself from one session to the next.
///
/// A session's day begins at midnight in the market's zone, so that bars of extended hours belong to one too. An
/// unadjusted series across a split of 7 for 1 has one jump, of −0.857.
package func priceJumps(
  in series: BarSeries, _ schedule: SessionSchedule, beyond share: Double
) -> [PriceJump] {
  var jumps: [PriceJump] = []
  var lastIndex: Int?
  for session in schedule.sessions {
    let start =
      series.timeframe == .d1
      ? session.day.startUTC : schedule.timeZone.instant(of: session.day, secondOfDay: 0)
    let index = series.firstIndex(atOrAfter: start)
    guard index < series.count else { break }
    defer { lastIndex = index }
    guard index > 0, lastIndex != index else { continue }
    let (close, open) = (series.close[index - 1], series.open[index])
    guard abs(open / close - 1) > share else { continue }
    jumps.append(
      PriceJump(
        symbol: series.symbol, from: series.time[index - 1], to: series.time[index], close: close, open: open))
  }
  return jumps
}
