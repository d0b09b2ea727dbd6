internal import GRDB
package import PrepaperDomain

extension BarStore {
  /// The parts of a span that have not been answered whole, ascending.
  ///
  /// - Throws: `RunError`.
  package func missing(of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan) throws(RunError) -> [TimeSpan] {
    let ranges = try read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT from_ts, to_ts FROM ranges WHERE symbol = ? AND tf = ? AND from_ts < ? AND to_ts > ?
            ORDER BY from_ts
            """),
        arguments: [symbol.description, timeframe.rawValue, span.to.secondsUp, span.from.secondsUp]
      ).map { (from: $0[0] as Int64, to: $0[1] as Int64) }
    }
    var missing: [TimeSpan] = []
    var from = span.from
    for range in ranges {
      if range.from > from.secondsUp {
        missing.append(TimeSpan(from: from, to: UTCTimestamp(seconds: range.from)))
      }
      from = range.to < span.to.secondsUp ? UTCTimestamp(seconds: range.to) : span.to
    }
    if from < span.to { missing.append(TimeSpan(from: from, to: span.to)) }
    return missing
  }

  /// Keeps what a source answered, in one transaction: bars that are new, revisions of those that are there, and that
  /// the range is answered.
  ///
  /// A bar that is there already stays, whatever came.
  ///
  /// - Parameters:
  ///   - bars: checked bars; those outside `keeping` are held against the bars that are there, but not kept.
  ///   - whole: what was asked for and answered whole, nil where nothing was.
  /// - Throws: `RunError` with `disk_full`, `cannot_write` or `store_busy`; nothing is kept then.
  package func keep(
    _ bars: BarSeries, keeping: TimeSpan, whole: TimeSpan?, source: String, at now: UTCTimestamp
  ) throws(RunError) {
    try write { database in
      for index in 0..<bars.count {
        let bar = bars[index]
        if let kept = try database.bar(of: bars.symbol, bars.timeframe, at: bar.time) {
          guard kept != bar else { continue }
          let revision = BarRevision(symbol: bars.symbol, timeframe: bars.timeframe, kept: kept, revised: bar)
          try database.record(revision, replaced: false, source: source, at: now)
        } else if keeping.contains(bar.time) {
          try database.insert(bar, of: bars.symbol, bars.timeframe, source: source, at: now)
        }
      }
      if let whole { try database.addRange(whole, of: bars.symbol, bars.timeframe, at: now) }
    }
  }

  /// The bars of a span with what came for it and is not kept, and the revisions of those bars.
  ///
  /// - Throws: `RunError` with `bars_invalid`.
  package func answer(
    _ symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan, with passing: [Bar]
  ) throws(RunError) -> FeedBars {
    try read { database in
      let kept = try database.bars(of: symbol, timeframe, in: span)
      let revisions = try database.revisions(of: symbol, timeframe, in: span)
      return FeedBars(kept.joined(with: passing), revisions: revisions.filter { !$0.isReplaced }.map(\.revision))
    }
  }
}

extension BarSeries {
  /// The series with bars that it does not have yet, which ascend.
  fileprivate func joined(with passing: [Bar]) -> BarSeries {
    guard !passing.isEmpty else { return self }
    var joined = BarSeries(symbol: symbol, timeframe: timeframe)
    joined.reserveCapacity(count + passing.count)
    var index = 0
    for bar in passing {
      while index < count, time[index] < bar.time {
        joined.append(self[index])
        index += 1
      }
      if index == count || time[index] != bar.time { joined.append(bar) }
    }
    while index < count {
      joined.append(self[index])
      index += 1
    }
    return joined
  }
}
