package import PrepaperDomain
import PrepaperMarketData
package import PrepaperTestSupport
internal import Testing

/// What every source of bars must hold to, whatever it reads.
///
/// A suite runs `check` for every rule over sources that it makes from given bars:
///
///     @Test(arguments: BarSourceContract.Rule.allCases)
///     func `a source holds to what all sources hold to`(rule: BarSourceContract.Rule) async throws {
///       try await Self.contract.check(rule)
///     }
package struct BarSourceContract: Sendable {
  /// One thing that a source must hold to.
  package enum Rule: String, CaseIterable, Sendable {
    /// What is asked twice is answered the same.
    case sameRequestSameAnswer
    /// A span has the bars that open in it, its end not included.
    case exactlyTheSpan
    /// The answers for the parts of a span are the answer for the whole, wherever it is cut.
    case anyChunking
    /// Bars ascend, and each stands once.
    case ascending
    /// The coverage begins no later and ends no earlier than the bars do.
    case coverage
    /// A symbol that is not there is `symbol_unknown`, named.
    case unknownSymbol
    /// A bar that breaks a rule is `bars_invalid`, with source, place and rule.
    case brokenBar
    /// Daily bars are dates at 00:00Z.
    case dailyDates
  }

  /// Makes a source that has these series and no more; what it needs to live lies in the directory.
  ///
  /// The bars need not hold to the rules, but they ascend.
  private let source: @Sendable (_ series: [BarSeries], _ directory: TemporaryDirectory) async throws -> any BarSource
  /// What an error of a bar says about its place: the source's name, a line or a time.
  private let place: @Sendable (_ bar: Bar, _ index: Int, _ directory: TemporaryDirectory) -> [String]
  /// Which seed cuts spans.
  private let seed: UInt64

  /// The contract for the sources that a function makes.
  ///
  /// - Parameters:
  ///   - source: makes a source that has these series and no more; what it needs to live lies in the directory.
  ///   - place: what an error of a bar says about its place: the source's name, a line or a time.
  ///   - seed: which seed cuts spans.
  package init(
    source: @escaping @Sendable (_ series: [BarSeries], _ directory: TemporaryDirectory) async throws -> any BarSource,
    place: @escaping @Sendable (_ bar: Bar, _ index: Int, _ directory: TemporaryDirectory) -> [String],
    seed: UInt64 = 1
  ) {
    self.source = source
    self.place = place
    self.seed = seed
  }

  /// Makes a source, asks it, and expects what the rule says.
  package func check(_ rule: Rule) async throws {
    let directory = try TemporaryDirectory()
    switch rule {
    case .sameRequestSameAnswer: try await checkSameAnswer(directory)
    case .exactlyTheSpan: try await checkSpans(directory)
    case .anyChunking: try await checkChunks(directory)
    case .ascending: try await checkOrder(directory)
    case .coverage: try await checkCoverage(directory)
    case .unknownSymbol: try await checkUnknownSymbol(directory)
    case .brokenBar: try await checkBrokenBars(directory)
    case .dailyDates: try await checkDailyBars(directory)
    }
  }

  private func checkSameAnswer(_ directory: TemporaryDirectory) async throws {
    let given = try minutes()
    let source = try await source([given], directory)
    let feed = try await source.open(.of("SPY", .m1))

    let first = try await feed.bars(in: whole(given)).series
    let again = try await feed.bars(in: whole(given)).series
    let anew = try await source.open(.of("SPY", .m1)).bars(in: whole(given)).series

    #expect(first == given)
    #expect(again == given)
    #expect(anew == given)
  }

  private func checkSpans(_ directory: TemporaryDirectory) async throws {
    let given = try minutes()
    let feed = try await source([given], directory).open(.of("SPY", .m1))
    let (first, last) = (given[0].time, given[given.count - 1].time)
    let minute = Duration.seconds(60)
    let spans = [
      (first, last + minute), (first, last), (first + .seconds(1), last + minute), (first, first),
      (last, last + minute), (first - .seconds(3600), first), (last + minute, last + .seconds(3600)),
      (given[3].time, given[17].time), (given[3].time - .seconds(1), given[17].time + .seconds(1)),
      (first - .seconds(86_400), last + .seconds(86_400)),
    ].map { TimeSpan(from: $0.0, to: $0.1) }

    for span in spans {
      let answer = try await feed.bars(in: span)
      #expect(answer.series == given.slice(given.indices(in: span)), "\(span.text)")
      #expect(answer.series.symbol == given.symbol)
      #expect(answer.loading == nil)
      #expect(answer.revisions.isEmpty)
    }
    #expect(feed.timeframe == .m1)
  }

  private func checkChunks(_ directory: TemporaryDirectory) async throws {
    let given = try minutes()
    let feed = try await source([given], directory).open(.of("SPY", .m1))
    var random = SeededRandom(seed: seed)

    for parts in [2, 3, 7] {
      let whole = whole(given)
      let length = whole.to.microseconds - whole.from.microseconds
      let cuts = (1..<parts).map { _ in
        UTCTimestamp(microseconds: whole.from.microseconds + Int64.random(in: 0...length, using: &random))
      }
      let bounds = [whole.from] + cuts.sorted() + [whole.to]
      var joined = BarSeries(symbol: given.symbol, timeframe: .m1)
      for (from, to) in zip(bounds, bounds.dropFirst()) {
        let part = try await feed.bars(in: TimeSpan(from: from, to: to)).series
        for index in 0..<part.count { joined.append(part[index]) }
      }
      #expect(joined == given, "seed \(seed), cut at \(cuts.sorted())")
    }
  }

  private func checkOrder(_ directory: TemporaryDirectory) async throws {
    let given = try minutes()
    let feed = try await source([given], directory).open(.of("SPY", .m1))

    let times = try await feed.bars(in: whole(given)).series.time

    #expect(times.count == given.count)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
  }

  private func checkCoverage(_ directory: TemporaryDirectory) async throws {
    let given = try minutes()
    let feed = try await source([given], directory).open(.of("SPY", .m1))

    switch feed.coverage {
    case .anyTime: break
    case .span(let span):
      #expect(span == TimeSpan(from: given[0].time, to: given[given.count - 1].time + .seconds(60)))
    case .until(let end):
      #expect(given[given.count - 1].time < end)
      let after = try await feed.bars(in: TimeSpan(from: end, to: end + .seconds(7 * 86_400))).series
      #expect(after.isEmpty)
    }
  }

  private func checkUnknownSymbol(_ directory: TemporaryDirectory) async throws {
    let given = try minutes()
    let source = try await source([given], directory)

    let error = try await #require(throws: RunError.self) {
      _ = try await source.open(.of("NONE", .m1)).bars(in: whole(given))
    }

    #expect(error.code == .symbolUnknown, "\(error.message)")
    #expect(error.message.contains("NONE"), "\(error.message)")
  }

  private func checkBrokenBars(_ directory: TemporaryDirectory) async throws {
    let good = try minutes()
    let place = 5
    let time = good[place].time
    let broken: [(bar: Bar, rule: String)] = [
      (Bar(time: time, open: 10, high: 9, low: 8, close: 8.5, volume: 1), "high 9.0 is below open or close"),
      (Bar(time: time, open: 10, high: 12, low: 10.5, close: 11, volume: 1), "low 10.5 is above open or close"),
      (Bar(time: time, open: 10, high: 12, low: 0, close: 11, volume: 1), "a price of zero or less"),
      (Bar(time: time, open: 10, high: 12, low: 9, close: 11, volume: -5), "volume -5.0 is below zero"),
      (
        Bar(time: time + .seconds(30), open: 10, high: 12, low: 9, close: 11, volume: 1),
        "time \(time + .seconds(30)) is not aligned to M1"
      ),
    ]

    for (number, (bar, rule)) in broken.enumerated() {
      var series = BarSeries(symbol: good.symbol, timeframe: .m1)
      for index in 0..<good.count { series.append(index == place ? bar : good[index]) }
      let directory = try TemporaryDirectory()
      let source = try await source([series], directory)

      let error = try await #require(throws: RunError.self, "broken bar \(number)") {
        _ = try await source.open(.of("SPY", .m1)).bars(in: whole(good))
      }

      #expect(error.code == .barsInvalid, "\(error.message)")
      #expect(error.message.contains(rule), "\(error.message)")
      for words in self.place(bar, place, directory) {
        #expect(error.message.contains(words), "\(error.message) should say \(words)")
      }
    }
  }

  private func checkDailyBars(_ directory: TemporaryDirectory) async throws {
    var given = BarSeries(symbol: try symbol("SPY"), timeframe: .d1)
    for text in ["2013-10-04", "2013-10-07", "2013-10-08"] {
      given.append(Bar(time: try day(text).startUTC, open: 10, high: 12, low: 9.5, close: 11, volume: 300))
    }
    let feed = try await source([given], directory).open(.of("SPY", .d1))

    let all = try await feed.bars(in: span("2013-10-04T00:00:00Z", "2013-10-09T00:00:00Z")).series
    let two = try await feed.bars(in: span("2013-10-04T00:00:00Z", "2013-10-08T00:00:00Z")).series

    #expect(feed.timeframe == .d1)
    #expect(all == given)
    #expect(two == given.slice(0..<2))
  }

  /// Two hours of two mornings with a hole, in prices that are binary fractions or not.
  private func minutes() throws -> BarSeries {
    var series = BarSeries(symbol: try symbol("SPY"), timeframe: .m1)
    for morning in ["2013-10-04T13:30:00Z", "2013-10-07T13:30:00Z"] {
      let start = try instant(morning)
      for minute in 0..<60 where minute != 17 && minute != 18 {
        let open = 168.01 + Double(minute) / 100
        series.append(
          Bar(
            time: start + .seconds(60 * minute), open: open, high: open + 0.25, low: open - 0.125, close: open + 0.1,
            volume: Double(1000 * minute)))
      }
    }
    return series
  }

  private func whole(_ series: BarSeries) -> TimeSpan {
    TimeSpan(from: series[0].time, to: series[series.count - 1].time + series.timeframe.duration)
  }
}
