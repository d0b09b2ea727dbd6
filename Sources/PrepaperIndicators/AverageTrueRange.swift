package import PrepaperDomain

/// The mean of the last `period` true ranges, in price units; not-a-number for the first `period − 1` bars.
///
/// It does not depend on where the series begins, but for the first true range.
package func averageTrueRange(of series: BarSeries, period: Int) -> [Double] {
  // Not of a column of true ranges: writing and reading that would take longer than computing them.
  unsafe simpleMean(count: series.count, period: period) { indices, block in
    unsafe writeTrueRanges(of: series, indices, to: block)
  }
}
