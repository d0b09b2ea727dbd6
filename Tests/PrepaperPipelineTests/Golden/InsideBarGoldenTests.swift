import PrepaperDomain
import PrepaperIndicators
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence))) struct InsideBarGoldenTests {
  @Test(arguments: [("insidebar_intraday", 18, 280), ("confirmed_breakout_intraday", 12, 8)])
  func `every case of a strategy is here`(strategy: String, count: Int, signals: Int) throws {
    let cases = try GoldenCase.names(strategy).map(GoldenCase.init)

    #expect(cases.count == count)
    #expect(cases.reduce(0) { $0 + $1.signals.count } == signals)
  }

  @Test(arguments: try GoldenCase.names())
  func `the signals of a golden case come out`(name: String) throws {
    let golden = try GoldenCase(name)

    let result = try golden.bars.evaluate(golden.strategy)

    expect(result.signals, are: golden.signals)
  }

  @Test(arguments: try GoldenCase.names("confirmed_breakout_intraday"))
  func `a confirmed breakout is one stop order by itself`(name: String) throws {
    let golden = try GoldenCase(name)
    let symbol = golden.bars.series.symbol

    let signals = try golden.bars.evaluate(golden.strategy).signals

    for signal in signals {
      let stamp = signal.time.rfc3339.filter(\.isNumber)
      #expect(signal.orderType == "STOP")
      #expect(signal.ocoGroup == nil)
      #expect(signal.templateID == "cb_\(symbol)_\(stamp.prefix(8))_\(stamp.suffix(6))_\(signal.side.rawValue)")
      #expect(signals.count { $0.time == signal.time } == 1)
    }
  }

  @Test(arguments: try GoldenCase.names("insidebar_intraday"))
  func `both sides of a pattern are one group of stop orders`(name: String) throws {
    let golden = try GoldenCase(name)
    let symbol = golden.bars.series.symbol

    let signals = try golden.bars.evaluate(golden.strategy).signals

    for signal in signals {
      let stamp = signal.time.rfc3339.filter(\.isNumber)
      let group = "ib_\(symbol)_\(stamp.prefix(8))_\(stamp.suffix(6))"
      #expect(signal.orderType == "STOP")
      #expect(signal.ocoGroup == group)
      #expect(signal.templateID == "\(group)_\(signal.side.rawValue)")
      #expect(signals.count { $0.ocoGroup == group } == 2)
    }
  }

  @Test(arguments: try GoldenCase.names())
  func `bars after a decision do not change it`(name: String) throws {
    let golden = try GoldenCase(name)
    let full = try golden.bars.evaluate(golden.strategy)
    var generator = SeededRandom(seed: 20_131_004)

    // Given each decision of the case
    for time in Set(full.signals.map(\.time)).sorted() {
      let known = full.signals.filter { $0.time <= time }
      let next = golden.bars.series.firstIndex(atOrAfter: time)

      // When all later bars are cut off, or others stand in their place
      let cut = try golden.bars.cut(at: time).evaluate(golden.strategy)
      var noisy = golden.bars
      noisy.series = golden.bars.series.withNoise(from: next, using: &generator)
      let other = try noisy.evaluate(golden.strategy)

      // Then everything up to the decision is the same
      #expect(cut.signals == known)
      #expect(cut.rejects == full.rejects.filter { $0.time < time })
      #expect(other.signals.filter { $0.time <= time } == known)
      #expect(other.rejects.filter { $0.time < time } == cut.rejects)
    }
  }

  @Test(arguments: try GoldenCase.names())
  func `a window that begins later has the golden signals in it`(name: String) throws {
    let golden = try GoldenCase(name)
    var bars = golden.bars

    // Given windows that begin with each session, and at odd times within it
    for session in golden.bars.sessions.dropFirst(3) {
      for minutes in [0, 5, 30, 45, 90, 145, 275, 300, 385] {
        let start = session.open + .seconds(60 * minutes)
        // The last bar opens before: there is no window without a bar.
        guard start + .seconds(60 * golden.strategy.timeframe.minutes) <= golden.bars.range.to else { continue }
        bars.window = TimeSpan(from: start, to: golden.bars.range.to)

        // When the strategy sees all bars before it, or only the warm-up that it asks for
        let all = try bars.evaluate(golden.strategy)
        let need = golden.strategy.warmUp(beforeWindowAt: start)
        let since = need.since.map { bars.series.indices(in: TimeSpan(from: min($0, start), to: start)).count }
        let warmUp = max(need.bars, since.map { $0 + need.barsBeforeSince } ?? 0)
        let least = try bars.warmedUp(by: warmUp).evaluate(golden.strategy)

        // Then it finds the golden signals of the window, and the same rejects
        expect(all.signals, are: golden.signals(from: start), "from \(start)")
        #expect(least == all)
      }
    }
  }

  @Test(arguments: try GoldenCase.names())
  func `a window that ends earlier has the golden signals before its end`(name: String) throws {
    let golden = try GoldenCase(name)
    var bars = golden.bars
    let end = golden.bars.sessions[2].open + .seconds(40 * 60)
    bars.window = TimeSpan(from: bars.range.from, to: end)

    let result = try bars.evaluate(golden.strategy)

    expect(result.signals, are: golden.signals.filter { $0.insideTime < end })
  }
}
