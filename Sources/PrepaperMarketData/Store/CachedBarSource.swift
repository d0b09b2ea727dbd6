package import PrepaperDomain

/// A source that fetches, behind a store that keeps what has come: only what lacks is asked for.
///
/// The store must be this source's own: bars of another one, or of another adjustment, would be taken for its.
package struct CachedBarSource: BarSource {
  private let source: any BarSource
  private let store: BarStore

  /// - Parameters:
  ///   - source: where bars come from.
  ///   - store: where they are kept.
  package init(_ source: any BarSource, store: BarStore) {
    self.source = source
    self.store = store
  }

  package var kind: String { source.kind }
  package var adjustment: String { source.adjustment }
  package var isSynthetic: Bool { source.isSynthetic }

  package func open(_ request: FeedRequest) async throws -> any BarFeed {
    CachedBarFeed(
      feed: try await source.open(request), store: store, symbol: request.symbol, kind: source.kind, now: request.now)
  }
}

/// The bars of one symbol, from the store and from behind it.
private struct CachedBarFeed: BarFeed {
  let feed: any BarFeed
  let store: BarStore
  let symbol: Symbol
  let kind: String
  let now: UTCTimestamp

  var timeframe: Timeframe { feed.timeframe }
  var coverage: BarCoverage { feed.coverage }
  var settledUntil: UTCTimestamp? { feed.settledUntil }

  func bars(in span: TimeSpan) async throws -> FeedBars {
    var passing: [Bar] = []
    var loading: String?
    var revisions: [BarRevision] = []
    for part in try store.missing(of: symbol, timeframe, in: span).flatMap(cutWhereSettled) {
      let answer = try await feed.bars(in: part.span)
      let bars = answer.series.slice(answer.series.indices(in: part.span))
      let whole = part.isSettled ? answer.loading == nil ? part.span : bars.reach(from: part.span.from) : nil
      try store.keep(
        bars, keeping: whole ?? TimeSpan(from: span.from, to: span.from), whole: whole, source: kind, at: now)
      if !part.isSettled { passing += (0..<bars.count).map { bars[$0] } }
      loading = loading ?? answer.loading
      revisions += answer.revisions
    }
    var answer = try store.answer(symbol, timeframe, in: span, with: passing)
    answer.loading = loading
    answer.revisions = revisions + answer.revisions
    return answer
  }

  private struct Part {
    let span: TimeSpan
    let isSettled: Bool
  }

  /// The part whose bars will not change any more, and the one whose bars may.
  private func cutWhereSettled(_ span: TimeSpan) -> [Part] {
    guard let settledUntil else { return [Part(span: span, isSettled: true)] }
    // The open of the first bar that may not be over by then.
    let grid = timeframe.grid
    let last = (settledUntil - timeframe.duration).microseconds.flooredDivision(by: grid)
    let cut = min(max(span.from, UTCTimestamp(microseconds: (last + 1) * grid)), span.to)
    return [
      Part(span: TimeSpan(from: span.from, to: cut), isSettled: true),
      Part(span: TimeSpan(from: cut, to: span.to), isSettled: false),
    ].filter { $0.span.from < $0.span.to }
  }
}

extension BarSeries {
  /// From where they were asked for to the end of the last bar, or nil without bars.
  fileprivate func reach(from start: UTCTimestamp) -> TimeSpan? {
    time.last.map { TimeSpan(from: start, to: UTCTimestamp(microseconds: $0.microseconds + timeframe.grid)) }
  }
}

extension Timeframe {
  /// What the opens of its bars are multiples of, in microseconds: an hour's bars may open on the half hour.
  fileprivate var grid: Int64 { self == .h1 ? 1_800_000_000 : microseconds }
}
