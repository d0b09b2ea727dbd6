import PrepaperDomain

extension Bar {
  /// The higher of open and close.
  var bodyHigh: Double { max(open, close) }

  /// The lower of open and close.
  var bodyLow: Double { min(open, close) }

  /// From the low to the high.
  var range: Double { high - low }

  /// The share of the range that is body, 0 to 1; 0 where there is no range.
  var bodyFraction: Double { range > 0 ? abs(close - open) / range : 0 }
}
