import Crypto
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct SyntheticBarSourceTests {
  let source = SyntheticBarSource()

  // Whoever changes the generator changes every run on made-up bars: then this digest is to be changed on purpose.
  @Test func `a known day has the bars that it always had`() async throws {
    let bars = try await bars("HOOD", .m1, "2025-12-15T00:00:00Z", "2025-12-16T00:00:00Z")

    #expect(bars.count == 390)
    #expect(digest(bars) == "ad6ae9cd7f19cfcfef447c2060afda72e5ec4337c0748ce5a0f2cf4fdbad7c4c")
    #expect(
      BarsDirectory.csv(bars.slice(0..<2)) == """
        ts,open,high,low,close,volume
        2025-12-15T14:30:00Z,223.29,223.29,223.2,223.21,7700.0
        2025-12-15T14:31:00Z,223.21,223.24,223.2,223.23,17000.0

        """)
  }

  // Eight full days and a half day.
  @Test(arguments: [
    (UInt64(1), Timeframe.m1, 3330), (2, .m1, 3330), (3, .m15, 222), (4, .h1, 60), (5, .d1, 9), (6, .d1, 9),
  ])
  func `the same bars come whatever the windows they are asked for in`(
    seed: UInt64, timeframe: Timeframe, count: Int
  ) async throws {
    var random = SeededRandom(seed: seed)
    let from = try instant("2024-11-25T00:00:00Z")
    let to = try instant("2024-12-07T00:00:00Z")
    let feed = source.open(try .of("SPY", timeframe, base: timeframe))
    let whole = try await feed.bars(in: TimeSpan(from: from, to: to)).series

    var joined = BarSeries(symbol: whole.symbol, timeframe: timeframe)
    var start = from
    while start < to {
      let next = min(to, start + .seconds(1 + random.pick(2 * 86_400)))
      let part = try await feed.bars(in: TimeSpan(from: start, to: next)).series
      for index in 0..<part.count { joined.append(part[index]) }
      let overlapping = TimeSpan(from: start + .seconds(-3600), to: next + .seconds(3600))
      #expect(try await feed.bars(in: overlapping).series == whole.slice(whole.indices(in: overlapping)))
      start = next
    }

    #expect(whole.count == count)
    #expect(joined == whole)
  }

  @Test(arguments: ["SPY", "A", "BRK.B", "VIX=F"], Timeframe.allCases)
  func `every bar holds to the rules and lies in a session`(ticker: String, timeframe: Timeframe) async throws {
    let calendar = XNYSCalendar()
    var count = 0
    var faults: [String] = []

    for year in [1993, 2007, 2013, 2024, 2030] {
      var rules = BarRules(timeframe: timeframe)
      let bars = try await bars(ticker, timeframe, "\(year)-10-20T00:00:00Z", "\(year)-12-15T00:00:00Z")
      for index in 0..<bars.count {
        let bar = bars[index]
        let day = timeframe == .d1 ? bar.time.utcDate : calendar.timeZone.date(at: bar.time)
        let session = try #require(calendar.session(on: day))
        if let broken = rules.check(bar) { faults.append(broken) }
        let isInPlace = timeframe == .d1 ? bar.time == day.startUTC : session.hours.contains(bar.time)
        if !isInPlace { faults.append("\(bar.time) lies outside the session") }
      }
      count += bars.count
    }

    #expect(faults == [])
    #expect(count > 150)
  }

  @Test(arguments: [
    ("2024-11-27", [390, 78, 26, 13, 7, 1]), ("2024-11-29", [210, 42, 14, 7, 4, 1]),
    ("2024-11-28", [0, 0, 0, 0, 0, 0]), ("2024-11-30", [0, 0, 0, 0, 0, 0]), ("2031-01-02", [0, 0, 0, 0, 0, 0]),
  ])
  func `a session is full and a closed day empty`(date: String, counts: [Int]) async throws {
    for (timeframe, count) in zip(Timeframe.allCases, counts) {
      let bars = try await bars("SPY", timeframe, "\(date)T00:00:00Z", "\(date)T23:59:00Z")

      #expect(bars.count == count, "\(timeframe)")
      #expect(bars.timeframe == timeframe)
    }
  }

  @Test func `another symbol, day or timeframe has other bars`() async throws {
    let day = try await bars("SPY", .m5, "2025-03-11T00:00:00Z", "2025-03-12T00:00:00Z")
    let next = try await bars("SPY", .m5, "2025-03-12T00:00:00Z", "2025-03-13T00:00:00Z")
    let other = try await bars("SPX", .m5, "2025-03-11T00:00:00Z", "2025-03-12T00:00:00Z")
    let half = try await bars("SPY", .m30, "2025-03-11T00:00:00Z", "2025-03-12T00:00:00Z")
    let longer = try await bars("SPY", .h1, "2025-03-11T00:00:00Z", "2025-03-12T00:00:00Z")

    #expect(Set([day.close, next.close, other.close, half.close, longer.close]).count == 5)
    #expect(day.open.first == half.open.first)
    #expect(day.open.first != other.open.first)
  }

  @Test func `a day has movement and volume`() async throws {
    let bars = try await bars("SPY", .m1, "2025-03-11T00:00:00Z", "2025-03-12T00:00:00Z")

    #expect(Set(bars.close).count > 50)
    #expect(Set(bars.volume).count > 50)
    #expect(zip(bars.high, bars.low).allSatisfy { $0 < $1 * 1.05 })
    #expect(zip(bars.close, bars.open.dropFirst()).allSatisfy { $0 == $1 })
  }

  @Test func `it makes bars for any time, and of minutes where nobody says`() throws {
    let feed = source.open(try .of("SPY", .m15))

    #expect(feed.coverage == .anyTime)
    #expect(feed.timeframe == .m1)
    #expect(source.open(try .of("SPY", .m15, base: .m5)).timeframe == .m5)
    #expect(source.kind == "synthetic")
    #expect(source.adjustment == "none")
    #expect(source.isSynthetic)
  }

  private func bars(
    _ ticker: String, _ timeframe: Timeframe, _ from: String, _ to: String
  ) async throws -> BarSeries {
    try await source.open(.of(ticker, timeframe, base: timeframe)).bars(in: span(from, to)).series
  }

  private func digest(_ series: BarSeries) -> String {
    SHA256.hash(data: Array(BarsDirectory.csv(series).utf8)).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
