import PrepaperDomain

extension FeedRequest {
  /// The timeframes that a source with files or rows of several may take, best first: the wanted one itself, then the
  /// shortest that builds it; only the base where the request names one.
  var candidates: [Timeframe] {
    if let base { return [base] }
    return [timeframe] + Timeframe.allCases.filter { $0 != timeframe && timeframe.isMultiple(of: $0) }
  }
}
