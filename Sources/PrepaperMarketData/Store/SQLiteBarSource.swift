package import PrepaperDomain
package import PrepaperSQLite

/// Bars in a SQLite file, which is only read, whoever made it.
package struct SQLiteBarSource: BarSource {
  private let path: String
  private let busyWait: BusyWait

  /// The file at an absolute path; nothing is opened yet.
  package init(path: String, busyWait: BusyWait) {
    self.path = path
    self.busyWait = busyWait
  }

  package var kind: String { "sqlite" }
  package var adjustment: String { "unknown" }
  package var isSynthetic: Bool { false }

  package func open(_ request: FeedRequest) throws -> any BarFeed {
    let store = try BarStore(readingPath: path, busyWait: busyWait)
    for candidate in request.candidates {
      if let ends = try store.ends(of: request.symbol, candidate) {
        return SQLiteBarFeed(store: store, symbol: request.symbol, timeframe: candidate, ends: ends)
      }
    }
    let tried = request.candidates.map(\.rawValue).joined(separator: ", ")
    throw RunError(.symbolUnknown, "no bars of \(request.symbol) in \(path): tried \(tried); check BARS_SOURCE")
  }
}

/// The bars of one symbol and timeframe in a store.
private struct SQLiteBarFeed: BarFeed {
  let store: BarStore
  let symbol: Symbol
  let timeframe: Timeframe
  let ends: ClosedRange<UTCTimestamp>

  var coverage: BarCoverage {
    .span(TimeSpan(from: ends.lowerBound, to: ends.upperBound + timeframe.duration))
  }

  func bars(in span: TimeSpan) throws -> FeedBars { FeedBars(try store.bars(of: symbol, timeframe, in: span)) }
}
