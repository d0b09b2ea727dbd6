package import PrepaperDomain

/// Compares the bars that there are with those that the calendar expects, and lets a run pass or not.
///
/// Expected are the base bars of every session from the first warm-up bar to the window's end. A bar outside the
/// sessions is neither expected nor counted.
package struct HistoryGate: Sendable {
  /// What a history is made with: nobody but the gate has one.
  struct Pass {
    fileprivate init() {}
  }

  private let tolerance: HoleTolerance
  private let resampling: any BarResampling.Type

  /// A gate with a tolerance.
  ///
  /// - Parameter resampling: builds longer bars from what passes.
  package init(
    tolerance: HoleTolerance = HoleTolerance(), resampling: any BarResampling.Type = Resampler.self
  ) {
    self.tolerance = tolerance
    self.resampling = resampling
  }

  /// Judges a response, and resamples what passes to the signal's timeframe.
  package func judge(_ response: BarsResponse, timeframe: Timeframe, sessionMode: SessionMode) -> GateVerdict {
    let count = count(response)
    let missing = count.expected - count.present
    let problem = problem(response, count, timeframe, sessionMode)
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
    let resampler =
      response.base.timeframe == timeframe
      ? nil : resampling.init(timeframe: timeframe, sessionMode: sessionMode, schedule: response.schedule)
    let base = response.complete(sessionMode)
    let series = resampler?.resample(base, until: response.range.to) ?? base
    return .sufficient(
      SufficientHistory(
        Pass(), series: series, base: base, response: response, sessionMode: sessionMode, resampling: resampler),
      report)
  }

  /// Why a response does not pass, or nil.
  private func problem(
    _ response: BarsResponse, _ count: Count, _ timeframe: Timeframe, _ sessionMode: SessionMode
  ) -> String? {
    let window = response.window
    guard response.schedule.sessions.contains(where: { $0.overlaps(window) }) else {
      return "calendar \(response.schedule.calendar) has no session in the window \(window.from) to \(window.to)"
    }
    guard timeframe != .d1 || response.evaluated.from < response.evaluated.to else {
      return "no session that opens in the window \(window.from) to \(window.to) is over by its end"
    }
    guard response.schedule.hasBar(of: timeframe, sessionMode, in: window) else {
      return "no \(timeframe.rawValue) bar lies wholly in the window \(window.from) to \(window.to)"
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
    let closes = BarCloses(base.timeframe, sessionMode, sessions: schedule.sessions)
    return closes.close(ofBarOpening: last) <= range.to ? base : base.slice(0..<base.count - 1)
  }
}

extension SessionSchedule {
  /// Whether there may be a bar that opens in the span and is over by its end; of daily bars it is known already.
  fileprivate func hasBar(of timeframe: Timeframe, _ sessionMode: SessionMode, in span: TimeSpan) -> Bool {
    guard timeframe != .d1 else { return true }
    let closes = BarCloses(timeframe, sessionMode, sessions: sessions)
    return sessions.contains { session in
      let sinceOpen = span.from.microseconds - session.open.microseconds
      let into = sinceOpen.flooredRemainder(by: timeframe.microseconds)
      // With all hours the session's grid goes on before its open and after its close.
      let next =
        sessionMode == .rth && sinceOpen <= 0
        ? session.open
        : UTCTimestamp(microseconds: span.from.microseconds + (into == 0 ? 0 : timeframe.microseconds - into))
      return (sessionMode == .all || next < session.close) && closes.close(ofBarOpening: next) <= span.to
    }
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
