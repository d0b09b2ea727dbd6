/// A column of numbers that a strategy needs beside the bars.
///
/// Where it says Wilder, an average is `y = first x`, then `x/period + (1 − 1/period)·y`.
package enum Feature: Hashable, Sendable {
  /// The mean of the last `period` true ranges, in price units.
  case averageTrueRange(period: Int)
  /// Wilder's average of the true ranges, in price units.
  case wilderAverageTrueRange(period: Int)
  /// The mean of the last `period` closes.
  case simpleAverage(period: Int)
  /// The exponential average of the closes, whose newest weighs `2/(period + 1)`.
  case exponentialAverage(period: Int)
  /// The mean of the last `period` volumes.
  case averageVolume(period: Int)
  /// How directed the price moves, 0 to 100 (Wilder's ADX); 0 where there is none.
  case directionalIndex(period: Int)
  /// Wilder's relative strength index of the closes, 0 to 100.
  case relativeStrength(period: Int)
  /// The mean of three numbers from 0 to 100 (Connors): two relative strengths, of the closes and of the lengths of
  /// their streaks, and the rank of the newest return.
  case connorsRelativeStrength(price: Int, streak: Int, rank: Int)
  /// The change of the close over `period` bars, in percent.
  case rateOfChange(period: Int)
  /// The rank of the newest return among the last `period` ones, in percent.
  case percentRank(period: Int)
}
