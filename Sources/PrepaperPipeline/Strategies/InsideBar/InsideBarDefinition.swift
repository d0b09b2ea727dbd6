import PrepaperDomain

/// Which part of a bar must lie inside which part of its mother.
enum InsideBarDefinition: String, CaseIterable, Sendable {
  /// High and low inside the mother's body.
  case motherBodyInsideRange = "mb_body_oc__ib_hl"
  /// Body inside the mother's body.
  case motherBodyInsideBody = "mb_body_oc__ib_body"
  /// High and low inside the mother's range.
  case motherRangeInsideRange = "mb_range_hl__ib_hl"
  /// High not above the mother's, close inside her range; the low may be below hers.
  case motherHighInsideHighAndClose = "mb_high__ib_high_and_close_in_mb_range"

  /// Whether a bar is inside its mother; where `strict`, touching is outside.
  func holds(inside: Bar, mother: Bar, strict: Bool) -> Bool {
    func isAtMost(_ left: Double, _ right: Double) -> Bool { strict ? left < right : left <= right }
    switch self {
    case .motherBodyInsideRange:
      return isAtMost(inside.high, mother.bodyHigh) && isAtMost(mother.bodyLow, inside.low)
    case .motherBodyInsideBody:
      return isAtMost(inside.bodyHigh, mother.bodyHigh) && isAtMost(mother.bodyLow, inside.bodyLow)
    case .motherRangeInsideRange:
      return isAtMost(inside.high, mother.high) && isAtMost(mother.low, inside.low)
    case .motherHighInsideHighAndClose:
      return isAtMost(inside.high, mother.high) && isAtMost(mother.low, inside.close)
        && isAtMost(inside.close, mother.high)
    }
  }
}
