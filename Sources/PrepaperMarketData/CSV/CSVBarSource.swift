package import PrepaperDomain

/// Bars in files `DIR/SYMBOL.TF.csv`.
package struct CSVBarSource: BarSource {
  private let directory: String
  private let pipes = PipesRead()

  /// The files of a directory, given by its absolute path.
  package init(directory: String) {
    self.directory = directory
  }

  package var kind: String { "csv" }
  package var adjustment: String { "unknown" }
  package var isSynthetic: Bool { false }

  package func open(_ request: FeedRequest) throws -> any BarFeed {
    var tried: [String] = []
    for candidate in request.candidates {
      let path = "\(directory)/\(request.symbol).\(candidate.rawValue).csv"
      if let file = try pipes[path] ?? OpenedFile(path) {
        pipes.keep(file)
        return try CSVBarFeed(file, symbol: request.symbol, timeframe: candidate)
      }
      tried.append(path)
    }
    throw RunError(
      .symbolUnknown, "no bars of \(request.symbol): tried \(tried.joined(separator: ", ")); check BARS_SOURCE")
  }
}
