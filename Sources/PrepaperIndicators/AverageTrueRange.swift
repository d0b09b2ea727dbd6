package import PrepaperDomain

/// The mean of the last `period` true ranges, in price units; not-a-number for the first `period − 1` bars.
///
/// It does not depend on where the series begins, but for the first true range.
package func averageTrueRange(of series: BarSeries, period: Int) -> [Double] {
  simpleMean(of: trueRange(of: series), period: period)
}
