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
    let problem: String?
    if !response.schedule.sessions.contains(where: { $0.overlaps(response.window) }) {
      problem =
        "calendar \(response.schedule.calendar) has no session in the window \(response.window.from) to "
        + "\(response.window.to)"
    } else if Double(missing) > tolerance.missingShare * Double(count.expected)
      || count.runs.contains(where: { isTooLong($0, response.base.timeframe) })
    {
      problem = reason(response, count, missing: missing)
    } else {
      problem = nil
    }
    let report = HistoryReport(
      status: problem == nil ? .sufficient : .degraded, expectedBars: count.expected, presentBars: count.present,
      holes: count.runs.map { run in
        let isLoss = problem != nil && (isTooLong(run, response.base.timeframe) || !isFew(missing, count.expected))
        return Hole(first: run.first, last: run.last, bars: run.bars, kind: isLoss ? .missing : .noTrade)
      },
      reason: problem)
    guard problem == nil else { return .insufficient(report) }
    let series =
      response.base.timeframe == timeframe
      ? response.complete(sessionMode)
      : Resampler(timeframe: timeframe, sessionMode: sessionMode, schedule: response.schedule)
        .resample(response.base, until: response.range.to)
    return .sufficient(
      SufficientHistory(series: series, window: response.evaluated, schedule: response.schedule), report)
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
    for session in response.schedule.sessions {
      var run: Run?
      var time = session.open
      while time < session.close {
        if response.range.contains(time) {
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
        time = UTCTimestamp(microseconds: time.microseconds + step)
      }
      if let run { count.runs.append(run) }
    }
    return count
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
  fileprivate func complete(_ sessionMode: SessionMode) -> BarSeries {
    guard let last = base.time.last else { return base }
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
