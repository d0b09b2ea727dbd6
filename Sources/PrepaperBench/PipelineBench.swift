import PrepaperArtifacts
import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperMarketData
import PrepaperPipeline
import PrepaperTestSupport

/// Bars per second of each stage, on made-up minutes; the baseline is one plain pass over the closes.
struct PipelineBench {
  /// Asks for this part alone.
  static let word = "pipeline"

  let sessions: Int

  func run() async throws {
    let directory = try TemporaryDirectory()
    let calendar = XNYSCalendar()
    let fake = FakeMarketDataService(choice: "bench")
    guard let symbol = Symbol("BENCH") else { return }
    let to = CivilDate(year: 2025, month: 1, day: 1)
    let request = BarsRequest(
      symbol: symbol, timeframe: .m5, baseTimeframe: .m1, calendar: .xnys, sessionMode: .rth,
      window: TimeSpan(from: to.advanced(byDays: -sessions * 7 / 5).startUTC, to: to.startUTC),
      warmUp: WarmUp(bars: 72),
      now: to.startUTC)
    let response = try await fake.bars(request)
    let base = response.base

    let baseline = Bench.seconds {
      var sum = 0.0
      for close in base.close { sum += close }
      precondition(sum > 0)
    }
    report("baseline_sum_of_closes", bars: base.count, seconds: baseline, baseline: baseline)

    let long = lengthened(base, to: 1_200_000)
    let csv = barsFileBytes(long)
    try directory.write(String(decoding: csv, as: UTF8.self), to: "BENCH.M1.csv")
    let source = CSVBarSource(directory: directory.path)
    let feedRequest = FeedRequest(symbol: symbol, timeframe: .m5, base: .m1, calendar: calendar, now: request.now)
    let all = TimeSpan(from: long.time[0], to: long.time[long.count - 1] + long.timeframe.duration)
    var read = 0
    let parse = try await Bench.seconds {
      read = try await source.open(feedRequest).bars(in: all).series.count
    }
    precondition(read == long.count)
    report(
      "csv_to_series", bars: long.count, seconds: parse, baseline: baseline * ratio(long, base), bytes: csv.count)

    let gate = Bench.seconds { _ = HistoryGate().judge(response, timeframe: .m5, sessionMode: .rth) }
    report("gate_and_resample", bars: base.count, seconds: gate, baseline: baseline)
    guard case .sufficient(let history, _) = HistoryGate().judge(response, timeframe: .m5, sessionMode: .rth) else {
      return
    }

    let series = history.series
    try insideBar("M5", history, baseline: baseline * ratio(series, base))
    let write = Bench.seconds { _ = sha256Hex(barsFileBytes(base)) }
    report(
      "bars_file_and_digest", bars: base.count, seconds: write, baseline: baseline, bytes: barsFileBytes(base).count)
    try await minutes(fake, symbol, until: to)
  }

  /// The strategy on two million minutes, more than any cache holds.
  private func minutes(_ fake: FakeMarketDataService, _ symbol: Symbol, until to: CivilDate) async throws {
    let response = try await fake.bars(
      BarsRequest(
        symbol: symbol, timeframe: .m1, baseTimeframe: .m1, calendar: .xnys, sessionMode: .rth,
        window: TimeSpan(from: to.advanced(byDays: -21 * 365).startUTC, to: to.startUTC), warmUp: WarmUp(bars: 72),
        now: to.startUTC))
    guard case .sufficient(let history, _) = HistoryGate().judge(response, timeframe: .m1, sessionMode: .rth) else {
      return
    }
    let baseline = Bench.seconds { precondition(history.series.close.reduce(0, +) > 0) }
    try insideBar("M1", history, baseline: baseline)
  }

  /// The inside bar strategy on a series in memory: its average, its signals, and both.
  private func insideBar(_ name: String, _ history: SufficientHistory, baseline: Double) throws {
    let series = history.series
    let parameters = try InsideBarParameters(
      [
        "inside_bar_definition_mode": .string("mb_range_hl__ib_hl"),
        "timeframe_minutes": .integer(Int64(series.timeframe.minutes)),
      ], timeframe: series.timeframe)
    let strategy = InsideBarStrategy(parameters)
    let columns = featureColumns(of: series, features: strategy.features)
    let atr = Bench.seconds { _ = featureColumns(of: series, features: strategy.features) }
    report("features_atr14_\(name)", bars: series.count, seconds: atr, baseline: baseline)
    let evaluate = Bench.seconds { _ = strategy.evaluate(history, features: columns) }
    report("strategy_insidebar_\(name)", bars: series.count, seconds: evaluate, baseline: baseline)
    let both = Bench.seconds {
      _ = strategy.evaluate(history, features: featureColumns(of: series, features: strategy.features))
    }
    let found = strategy.evaluate(history, features: columns)
    report(
      "features_and_strategy_\(name)", bars: series.count, seconds: both, baseline: baseline,
      found: found.signals.count + found.rejects.count)
  }

  /// The bars over and over, minute by minute, up to that many.
  private func lengthened(_ base: BarSeries, to count: Int) -> BarSeries {
    var long = BarSeries(symbol: base.symbol, timeframe: .m1)
    long.reserveCapacity(count)
    for index in 0..<count {
      let bar = base[index % base.count]
      long.append(
        Bar(
          time: base.time[0] + .seconds(60 * index), open: bar.open, high: bar.high, low: bar.low, close: bar.close,
          volume: bar.volume))
    }
    return long
  }

  private func ratio(_ part: BarSeries, _ whole: BarSeries) -> Double { Double(part.count) / Double(whole.count) }

  private func report(
    _ stage: String, bars: Int, seconds: Double, baseline: Double, bytes: Int? = nil, found: Int? = nil
  ) {
    var members: [String: JSONValue] = [
      "bench": .string("pipeline"), "stage": .string(stage), "bars": .integer(Int64(bars)),
      "seconds": .double(seconds), "bars_per_second": .double((Double(bars) / seconds).rounded()),
      "times_baseline": .double(seconds / baseline),
    ]
    if let bytes { members["megabytes_per_second"] = .double((Double(bytes) / seconds / 1e4).rounded() / 100) }
    if let found { members["signals_and_rejects"] = .integer(Int64(found)) }
    Bench.report(members)
  }
}
