package import PrepaperJSON

/// A decimal number without rounding: a whole number and how many of its digits stand after the point.
///
/// It has up to 38 digits; what needs more is an `Overflow`, never a number that is a little off. Foundation's `Decimal`
/// could not do it: its operators round what has more digits without a word.
///
/// - `0.10` is `0.1`, and `100` has no digits after the point
/// - a double is the number that its shortest text says: `0.1` is a tenth
package struct ExactDecimal: Hashable, Sendable, CustomStringConvertible {
  /// A result that has more digits than there is room for.
  package struct Overflow: Error, Hashable, Sendable {}

  /// Nothing.
  package static let zero = ExactDecimal(normalising: 0, scale: 0)
  /// One.
  package static let one = ExactDecimal(normalising: 1, scale: 0)
  /// A hundred.
  package static let hundred = ExactDecimal(normalising: 100, scale: 0)

  private static let mostDigits = 38

  /// The number without its point.
  private let digits: Int128
  /// How many digits stand after the point; the last of them is not zero.
  private let scale: Int

  private init(normalising digits: Int128, scale: Int) {
    var (digits, scale) = (digits, digits == 0 ? 0 : scale)
    while scale > 0, digits % 10 == 0 { (digits, scale) = (digits / 10, scale - 1) }
    self.digits = digits
    self.scale = scale
  }

  private init(_ digits: Int128, scale: Int) throws(Overflow) {
    self.init(normalising: digits, scale: scale)
    guard self.scale <= Self.mostDigits, self.digits.magnitude < Self.unit(Self.mostDigits).magnitude else {
      throw Overflow()
    }
  }

  /// The number in plain digits, `100` or `0.01`, or nil: no sign, no exponent, at most 38 digits.
  package init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard
      parts.count <= 2, isPlain, text.utf8.count <= Self.mostDigits, let digits = Int128(parts.joined())
    else { return nil }
    self.init(normalising: digits, scale: parts.count == 2 ? parts[1].utf8.count : 0)
  }

  /// The number that a finite double's shortest text says: `29.599500000000003`, `1e-05`.
  package init(_ number: Double) throws(Overflow) {
    let parts = number.magnitude.description.split(separator: "e")
    guard
      let plain = parts.first.flatMap({ ExactDecimal(parsing: String($0)) }),
      let exponent = parts.count == 2 ? Int(parts[1]) : 0
    else { throw Overflow() }
    let scale = plain.scale - exponent
    let digits = scale < 0 ? try Self.scaled(plain.digits, by: -scale) : plain.digits
    try self.init(number < 0 ? -digits : digits, scale: max(scale, 0))
  }

  /// The number in plain digits, which `init(parsing:)` reads back where it is not negative.
  package var description: String {
    let all = String(digits.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - all.utf8.count)) + all
    let sign = digits < 0 ? "-" : ""
    return scale == 0 ? sign + padded : "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }

  /// The double nearest to it.
  package var doubleValue: Double {
    guard let number = Double(description) else { preconditionFailure("plain digits are a number") }
    return number
  }

  /// The number as JSON has it: whole where it is whole.
  package var json: JSONValue {
    if scale == 0, let whole = Int64(exactly: digits) { return .integer(whole) }
    return .double(doubleValue)
  }

  /// The number without its sign.
  package var magnitude: ExactDecimal { ExactDecimal(normalising: abs(digits), scale: scale) }

  /// What is left without another number.
  package func subtracting(_ other: ExactDecimal) throws(Overflow) -> ExactDecimal {
    let (left, right, scale) = try aligned(with: other)
    let (difference, isTooLong) = left.subtractingReportingOverflow(right)
    guard !isTooLong else { throw Overflow() }
    return try ExactDecimal(difference, scale: scale)
  }

  /// The product with another number.
  package func multiplied(by other: ExactDecimal) throws(Overflow) -> ExactDecimal {
    try ExactDecimal(Self.product(digits, other.digits), scale: scale + other.scale)
  }

  /// The largest multiple of a step that is not above the quotient with a divisor.
  ///
  /// The number must not be negative; the divisor and the step must be above zero.
  package func divided(by divisor: ExactDecimal, downTo step: ExactDecimal) throws(Overflow) -> ExactDecimal {
    precondition(digits >= 0 && divisor.digits > 0 && step.digits > 0, "only what is above zero is divided")
    let (left, right, _) = try aligned(with: divisor.multiplied(by: step))
    return try ExactDecimal(Self.product(left / right, step.digits), scale: step.scale)
  }

  /// The multiple of a step that is nearest to the number, of two as near the one further from zero.
  ///
  /// The step must be above zero.
  package func rounded(to step: ExactDecimal) throws(Overflow) -> ExactDecimal {
    precondition(step.digits > 0, "a step is above zero")
    let (number, unit, _) = try aligned(with: step)
    let (quotient, rest) = number.magnitude.quotientAndRemainder(dividingBy: unit.magnitude)
    // Not `2 × rest ≥ unit`, which may be too long.
    let steps = Int128(rest >= unit.magnitude - rest ? quotient + 1 : quotient)
    return try ExactDecimal(Self.product(number < 0 ? -steps : steps, step.digits), scale: step.scale)
  }

  /// Both numbers without their points, at the same scale.
  private func aligned(with other: ExactDecimal) throws(Overflow) -> (left: Int128, right: Int128, scale: Int) {
    let common = max(scale, other.scale)
    return (
      try Self.scaled(digits, by: common - scale), try Self.scaled(other.digits, by: common - other.scale), common
    )
  }

  private static func scaled(_ digits: Int128, by places: Int) throws(Overflow) -> Int128 {
    guard places <= mostDigits else { throw Overflow() }
    return try product(digits, unit(places))
  }

  private static func product(_ left: Int128, _ right: Int128) throws(Overflow) -> Int128 {
    let (product, isTooLong) = left.multipliedReportingOverflow(by: right)
    guard !isTooLong else { throw Overflow() }
    return product
  }

  /// A one with that many zeros, at most 38.
  private static func unit(_ places: Int) -> Int128 {
    (0..<places).reduce(1) { unit, _ in unit * 10 }
  }
}

extension ExactDecimal: Comparable {
  /// Less is less, however many digits either has.
  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let (leftUnit, rightUnit) = (unit(left.scale), unit(right.scale))
    let (leftWhole, leftRest) = left.digits.quotientAndRemainder(dividingBy: leftUnit)
    let (rightWhole, rightRest) = right.digits.quotientAndRemainder(dividingBy: rightUnit)
    if leftWhole != rightWhole { return leftWhole < rightWhole }
    // What is left has no more digits than its scale, so neither product is too long.
    let scale = max(left.scale, right.scale)
    return leftRest * unit(scale - left.scale) < rightRest * unit(scale - right.scale)
  }
}
