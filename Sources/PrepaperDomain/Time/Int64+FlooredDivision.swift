extension Int64 {
  /// The quotient rounded down, so that instants before 1970 fall into the right day.
  ///
  /// The divisor must be positive.
  package func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// What `flooredDivision(by:)` leaves: always in `0 ..< divisor`.
  package func flooredRemainder(by divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
