import PrepaperDomain

extension Bar {
  /// From the low to the high.
  var range: Double { high - low }

  /// The share of the range that is body, 0 to 1; 0 where there is no range.
  var bodyFraction: Double { range > 0 ? abs(close - open) / range : 0 }
}
