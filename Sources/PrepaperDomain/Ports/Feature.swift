/// A column of numbers that a strategy needs beside the bars.
package enum Feature: Hashable, Sendable, CustomStringConvertible {
  /// The mean of the last `period` true ranges, in price units.
  case averageTrueRange(period: Int)

  /// The feature's name and parameters: `atr(14)`.
  package var description: String {
    switch self {
    case .averageTrueRange(let period): "atr(\(period))"
    }
  }
}
