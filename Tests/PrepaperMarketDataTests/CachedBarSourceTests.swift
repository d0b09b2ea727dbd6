import Foundation
import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct CachedBarSourceTests {
  private static let contract = BarSourceContract(
    source: { series, directory in
      for series in series {
        try directory.write(BarsDirectory.csv(series), to: "\(series.symbol).\(series.timeframe.rawValue).csv")
      }
      return CachedBarSource(
        CSVBarSource(directory: directory.path),
        store: try BarStore(path: directory.path + "/cache.db", busyWait: BusyWait(seed: 1)))
    },
    place: { _, index, directory in ["\(directory.path)/SPY.M1.csv", "line \(index + 2)"] })

  @Test(arguments: BarSourceContract.Rule.allCases)
  func `a cached source holds to what all sources hold to`(rule: BarSourceContract.Rule) async throws {
    try await Self.contract.check(rule)
  }

  @Test func `what was answered whole is not asked for again`() async throws {
    let file = try BarsFile()
    let bars = try minutes([10, 11, nil, 12])
    let source = ScriptedBarSource(bars)
    let span = try span("2013-10-04T13:00:00Z", "2013-10-04T14:00:00Z")

    let first = try await file.bars(source, span)
    let askedFirst = source.takeAsked()
    let again = try await file.bars(source, span)

    #expect(askedFirst == [span])
    #expect(source.takeAsked().isEmpty)
    #expect(first.series == bars)
    #expect(again.series == bars)
    #expect(again.loading == nil)
    #expect(try file.rows("SELECT DISTINCT source, fetched_at FROM bars") == ["scripted 1767600000"])
  }

  @Test func `only what lacks is asked for, and all of it`() async throws {
    let file = try BarsFile()
    let source = ScriptedBarSource(try minutes(Array(repeating: 11, count: 60)))
    _ = try await file.bars(source, span("2013-10-04T13:40:00Z", "2013-10-04T13:45:00Z"))
    _ = try await file.bars(source, span("2013-10-04T13:50:00Z", "2013-10-04T13:55:00Z"))
    _ = source.takeAsked()

    let answer = try await file.bars(source, span("2013-10-04T13:30:00Z", "2013-10-04T14:00:00Z"))

    #expect(
      source.takeAsked().map(\.text) == [
        "2013-10-04T13:30:00Z 2013-10-04T13:40:00Z", "2013-10-04T13:45:00Z 2013-10-04T13:50:00Z",
        "2013-10-04T13:55:00Z 2013-10-04T14:00:00Z",
      ])
    #expect(answer.series.count == 30)
    #expect(
      try file.rows("SELECT from_ts, to_ts FROM ranges") == ["1380893400 1380895200"], "one range from 13:30 to 14:00")
  }

  @Test func `what is not settled is fetched and used, but not kept`() async throws {
    let file = try BarsFile()
    let source = ScriptedBarSource(
      try minutes([10, 11, 12, 9, 10]), settledUntil: try instant("2013-10-04T13:32:20Z"))
    let span = try span("2013-10-04T13:30:00Z", "2013-10-04T13:35:00Z")

    let first = try await file.bars(source, span)
    let asked = source.takeAsked()
    source.change { $0.settledUntil = try? instant("2013-10-04T14:00:00Z") }
    let later = try await file.bars(source, span)

    #expect(first.series.close == [10, 11, 12, 9, 10])
    #expect(
      asked.map(\.text) == [
        "2013-10-04T13:30:00Z 2013-10-04T13:32:00Z", "2013-10-04T13:32:00Z 2013-10-04T13:35:00Z",
      ])
    #expect(source.takeAsked().map(\.text) == ["2013-10-04T13:32:00Z 2013-10-04T13:35:00Z"])
    #expect(later.series == first.series)
    #expect(later.revisions.isEmpty)
    #expect(try file.rows("SELECT count(*) FROM bars") == ["5"])
  }

  @Test(arguments: [
    (Timeframe.h1, "2013-10-04T13:30:00Z", "2013-10-04T15:10:00Z", "2013-10-04T14:30:00Z"),
    (.h1, "2013-10-04T13:30:00Z", "2013-10-04T15:30:00Z", "2013-10-04T15:00:00Z"),
    (.m5, "2013-10-04T13:30:00Z", "2013-10-04T13:44:59Z", "2013-10-04T13:40:00Z"),
    (.m5, "2013-10-04T13:30:00Z", "2013-10-04T13:45:00Z", "2013-10-04T13:45:00Z"),
    (.d1, "2013-10-04T00:00:00Z", "2013-10-05T23:00:00Z", "2013-10-05T00:00:00Z"),
  ])
  func `a bar is kept when it was over by the time that is settled`(
    timeframe: Timeframe, start: String, settled: String, cut: String
  ) async throws {
    let file = try BarsFile()
    let bars = try minutes(from: start, [10, 11, 10, 11], timeframe: timeframe)
    let source = ScriptedBarSource(bars, settledUntil: try instant(settled))
    let whole = TimeSpan(from: bars.time[0], to: bars.time[3] + timeframe.duration)

    _ = try await file.bars(source, whole)

    #expect(source.takeAsked().first?.to == (try instant(cut)))
    #expect(try file.rows("SELECT max(to_ts) FROM ranges") == ["\(try instant(cut).seconds)"])
  }

  @Test func `a partial answer is kept up to its last bar, and goes on from there`() async throws {
    let file = try BarsFile()
    let source = ScriptedBarSource(try minutes([10, 11, nil, 12, 9, 10]))
    source.change { $0.loadingAfter = 3 }
    let span = try span("2013-10-04T13:30:00Z", "2013-10-04T13:40:00Z")

    let first = try await file.bars(source, span)
    source.change { $0.loadingAfter = nil }
    _ = source.takeAsked()
    let second = try await file.bars(source, span)

    #expect(first.loading == "the rest comes later")
    #expect(first.series.close == [10, 11, 12])
    #expect(source.takeAsked().map(\.text) == ["2013-10-04T13:34:00Z 2013-10-04T13:40:00Z"])
    #expect(second.loading == nil)
    #expect(second.series.close == [10, 11, 12, 9, 10])
  }

  @Test func `a partial answer without bars keeps nothing`() async throws {
    let file = try BarsFile()
    let source = ScriptedBarSource(try minutes([10, 11]))
    source.change { $0.loadingAfter = 0 }
    let span = try span("2013-10-04T13:30:00Z", "2013-10-04T13:40:00Z")

    let answer = try await file.bars(source, span)

    #expect(answer.loading != nil)
    #expect(try file.rows("SELECT * FROM ranges").isEmpty)
    #expect(try file.rows("SELECT * FROM bars").isEmpty)
  }

  @Test func `a bar that comes back different is a revision, and the kept one stays`() async throws {
    let file = try BarsFile()
    let kept = try minutes([10, 11, 12])
    let source = ScriptedBarSource(kept)
    let span = try span("2013-10-04T13:30:00Z", "2013-10-04T13:33:00Z")
    _ = try await file.bars(source, span)
    try file.execute("DELETE FROM ranges")
    source.change { state in (try? minutes([10, 11.5, 12])).map { state.bars = $0 } }

    let second = try await file.bars(source, span)
    let third = try await file.bars(source, span)

    #expect(second.series == kept)
    #expect(second.revisions.map(\.kept.close) == [11])
    #expect(second.revisions.map(\.revised.close) == [11.5])
    #expect(third.series == kept)
    #expect(third.revisions == second.revisions)
    #expect(
      try file.rows("SELECT ts, kept_close, came_close, replaced, source, seen_at FROM revisions") == [
        "1380893460 11.0 11.5 0 scripted 1767600000"
      ])
  }

  @Test func `a bar of what is not settled does not take a kept bar's place`() async throws {
    let file = try BarsFile()
    let source = ScriptedBarSource(try minutes([10, 11, 12]))
    let span = try span("2013-10-04T13:30:00Z", "2013-10-04T13:33:00Z")
    _ = try await file.bars(source, span)
    try file.execute("DELETE FROM ranges")
    source.change { state in
      state.settledUntil = try? instant("2013-10-04T13:00:00Z")
      (try? minutes([10, 11, 12.5, 9])).map { state.bars = $0 }
    }

    let answer = try await file.bars(source, self.span("2013-10-04T13:30:00Z", "2013-10-04T13:34:00Z"))

    #expect(answer.series.close == [10, 11, 12, 9])
    #expect(answer.revisions.map(\.revised.close) == [12.5])
    #expect(try file.rows("SELECT count(*) FROM bars") == ["3"])
  }

  @Test func `two processes may fetch the same bars at once`() async throws {
    let file = try BarsFile()
    let bars = try minutes((0..<200).map { 10 + Double($0 % 7) / 10 })
    let span = TimeSpan(from: bars.time[0], to: bars.time[199] + .seconds(60))

    let answers = try await withThrowingTaskGroup(of: FeedBars.self) { group in
      for seed in UInt64(1)...4 {
        group.addTask {
          let store = try file.store(seed: seed)
          let feed = try await CachedBarSource(ScriptedBarSource(bars), store: store).open(.of("SPY", .m1))
          var last = FeedBars(bars)
          for minute in stride(from: 0, to: 200, by: 10) {
            last = try await feed.bars(in: TimeSpan(from: span.from, to: span.from + .seconds(60 * (minute + 10))))
          }
          return last
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }

    #expect(answers.map(\.series) == Array(repeating: bars, count: 4))
    #expect(answers.allSatisfy { $0.revisions.isEmpty })
    #expect(try file.rows("SELECT count(*) FROM bars") == ["200"])
    #expect(try file.rows("SELECT count(*) FROM ranges") == ["1"])
  }

  @Test func `symbols and timeframes do not mix`() async throws {
    let file = try BarsFile()
    let span = try span("2013-10-04T13:30:00Z", "2013-10-04T14:00:00Z")
    let source = ScriptedBarSource(try minutes([10, 11, 12]))
    _ = try await file.bars(source, span)
    let other = ScriptedBarSource(try minutes([9, 9], symbol: "BAC"))
    let longer = ScriptedBarSource(try minutes([10, 10], timeframe: .m5))

    let bac = try await file.bars(other, span, symbol: "BAC")
    let fives = try await file.bars(longer, span)

    #expect(bac.series.close == [9, 9])
    #expect(fives.series.close == [10, 10])
    #expect(try await file.bars(source, span).series.close == [10, 11, 12])
  }

  @Test func `it says what the source behind it is`() throws {
    let source = CachedBarSource(ScriptedBarSource(try minutes([])), store: try BarsFile().store())

    #expect(source.kind == "scripted")
    #expect(source.adjustment == "split")
    #expect(!source.isSynthetic)
  }

  private func span(_ from: String, _ to: String) throws -> TimeSpan {
    TimeSpan(from: try instant(from), to: try instant(to))
  }
}

extension BarsFile {
  /// What a source with this file before it answers.
  fileprivate func bars(_ source: ScriptedBarSource, _ span: TimeSpan, symbol: String = "SPY") async throws -> FeedBars
  {
    try await CachedBarSource(source, store: store()).open(.of(symbol, .m1)).bars(in: span)
  }
}
