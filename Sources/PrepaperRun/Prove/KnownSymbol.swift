internal import PrepaperDomain
internal import PrepaperPipeline

/// What is known of a symbol: its history, and how noise is made of it.
struct KnownSymbol: Sendable {
  /// How many sessions of noise follow in a program's short trials.
  static let noisySessions = 3

  let history: SufficientHistory
  let noise: NoiseBars
  /// How many bars a session has, 64 at least: of daily bars as well.
  let longestSession: Int

  init(_ history: SufficientHistory) {
    self.history = history
    noise = NoiseBars(of: history.base, in: history.schedule.timeZone)
    let timeframe = history.series.timeframe
    longestSession = max(64, history.schedule.sessions.map { $0.barCount(timeframe) }.max() ?? 0)
  }

  /// The history as a trial has it.
  ///
  /// - Parameter mostNoise: how many bars of the strategy's timeframe may follow in a short trial.
  func part(of trial: Trial, mostNoise: Int) -> SufficientHistory {
    let series = history.series
    let cut = history.baseCount(closedBy: trial.time)
    let end =
      trial.isShort ? history.baseIndex(ofBar: history.count(closedBy: trial.time) + mostNoise) : history.base.count
    let later = trial.isNoisy ? noise.bars(at: cut..<max(cut, end)) : nil
    guard trial.isShort else { return history.known(at: trial.time, later: later) }
    let window = TimeSpan(from: max(startOfDay(trial.time), history.window.from), to: history.window.to)
    let warmUp = series.firstIndex(atOrAfter: history.window.from)
    let start = max(0, series.firstIndex(atOrAfter: window.from) - warmUp)
    return history.known(at: trial.time, from: start, window: window, later: later)
  }

  /// The start of the market's day that an instant ends a bar of; of daily bars its date.
  private func startOfDay(_ time: UTCTimestamp) -> UTCTimestamp {
    let day = history.schedule.timeZone.date(at: time - .microseconds(1))
    return history.series.timeframe == .d1
      ? day.startUTC : history.schedule.timeZone.instant(of: day, secondOfDay: 0)
  }

  /// When the bars of the window are over.
  var closes: [UTCTimestamp] {
    history.series.indices(in: history.window).map { history.closes.close(ofBarOpening: history.series.time[$0]) }
  }
}
