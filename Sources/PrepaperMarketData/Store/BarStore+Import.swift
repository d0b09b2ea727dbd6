internal import GRDB
package import PrepaperDomain

/// What became of bars that were imported.
package struct BarImport: Hashable, Sendable {
  /// How many were not there.
  package internal(set) var added = 0
  /// How many were there with the same numbers.
  package internal(set) var unchanged = 0
  /// How many took the place of one with other numbers.
  package internal(set) var replaced = 0
}

extension BarStore {
  /// What bars have as their source that did not come from one.
  private static let importSource = "import"
  /// How many bars are looked at together: a question for each of them would take most of the time.
  private static let importPiece = 4096

  /// Adds bars to those that are there, in one transaction: all of them, or none.
  ///
  /// - a bar that is there with the same numbers stays as it is
  /// - one that is there with other numbers is refused; with `replacing` it gives way, and a revision records both
  ///
  /// - Parameters:
  ///   - bars: checked bars.
  ///   - progress: told now and then how many bars have been looked at.
  /// - Throws: `RunError` with `bars_invalid` that says when the first bar that differs is, what is kept and what came;
  ///   `disk_full`, `cannot_write` or `store_busy`. Nothing has changed then.
  package func importBars(
    _ bars: BarSeries, replacing: Bool, at now: UTCTimestamp, progress: (Int) -> Void = { _ in }
  ) throws(RunError) -> BarImport {
    try write { database in
      var result = BarImport()
      var first: BarRevision?
      var differing = 0
      for start in stride(from: 0, to: bars.count, by: Self.importPiece) {
        progress(start)
        let piece = start..<min(start + Self.importPiece, bars.count)
        var present = try database.present(in: bars, piece)[...]
        for index in piece {
          let bar = bars[index]
          while let next = present.first, next.time < bar.time { present.removeFirst() }
          guard let kept = present.first, kept.time == bar.time else {
            try database.insert(bar, of: bars.symbol, bars.timeframe, source: Self.importSource, at: now)
            result.added += 1
            continue
          }
          guard kept != bar else {
            result.unchanged += 1
            continue
          }
          let revision = BarRevision(symbol: bars.symbol, timeframe: bars.timeframe, kept: kept, revised: bar)
          guard replacing else {
            first = first ?? revision
            differing += 1
            continue
          }
          try database.record(revision, replaced: true, source: Self.importSource, at: now)
          try database.insert(bar, of: bars.symbol, bars.timeframe, source: Self.importSource, at: now)
          result.replaced += 1
        }
      }
      if let first { throw Self.refusal(first, differing) }
      return result
    }
  }

  private static func refusal(_ first: BarRevision, _ count: Int) -> RunError {
    let (kept, came) = (first.kept, first.revised)
    return RunError(
      .barsInvalid,
      "\(first.symbol) \(first.timeframe.rawValue) \(kept.time) is there with other numbers: kept \(kept.numbers); "
        + "came \(came.numbers). \(count == 1 ? "No other bar differs" : "\(count) bars differ in all"); nothing of it "
        + "was imported. Say --replace to take what came")
  }
}

extension Database {
  /// The bars that are there from the first to the last of some bars of a series.
  fileprivate func present(in series: BarSeries, _ piece: Range<Int>) throws -> [Bar] {
    var bars: [Bar] = []
    let span = TimeSpan(from: series.time[piece.lowerBound], to: series.time[piece.upperBound - 1] + .seconds(1))
    try eachBar(of: series.symbol, series.timeframe, in: span) { bars.append($0) }
    return bars
  }
}

extension Bar {
  /// `open 10.0, high 12.0, low 9.0, close 11.0, volume 100.0`.
  package var numbers: String { "open \(open), high \(high), low \(low), close \(close), volume \(volume)" }
}
