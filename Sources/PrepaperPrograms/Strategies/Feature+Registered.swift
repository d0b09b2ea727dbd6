internal import PrepaperDomain

extension Feature {
  /// The feature that a registration names as `description` does, or nil.
  init?(registered text: String) {
    guard text.hasPrefix("atr("), text.hasSuffix(")"), let period = Int(text.dropFirst(4).dropLast()),
      (1...10_000).contains(period)
    else { return nil }
    self = .averageTrueRange(period: period)
  }
}
