import PrepaperDomain

/// The files of bars that a run has left, told as the source that they came from.
struct RecordedBarSource: BarSource {
  let files: [Symbol: ArchivedBars]
  let provenance: BarsProvenance
  let piece: Int

  var kind: String { provenance.source }
  var adjustment: String { provenance.adjustment }
  var isSynthetic: Bool { provenance.isSynthetic }

  func open(_ request: FeedRequest) throws -> any BarFeed {
    guard let file = files[request.symbol], let opened = try OpenedFile(file.path) else {
      throw RunError(.symbolUnknown, "the run has left no bars of \(request.symbol)")
    }
    return try CSVBarFeed(opened, symbol: request.symbol, timeframe: file.timeframe, piece: piece)
  }
}
