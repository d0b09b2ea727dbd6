import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct ExactDecimalTests {
  @Test(
    arguments: [
      ("100", "100"), ("0.01", "0.01"), ("0.10", "0.1"), ("007.500", "7.5"), ("0", "0"), ("0.000", "0"),
      ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"), ("12.", nil), (".5", nil),
      ("", nil), ("-1", nil), ("+1", nil), ("1e3", nil), ("1.2.3", nil), ("1 ", nil), ("٣", nil),
      ("999999999999999999999999999999999999999", nil), ("0.00000000000000000000000000000000000001", nil),
    ] as [(String, String?)])
  func `only plain digits are a number`(text: String, number: String?) {
    #expect(ExactDecimal(parsing: text)?.description == number)
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (29.599500000000003, "29.599500000000003"), (1e-05, "0.00001"), (1e16, "10000000000000000"),
      (-2.5, "-2.5"), (0, "0"), (-0.0, "0"), (.leastNonzeroMagnitude, nil), (1e300, nil), (.infinity, nil), (.nan, nil),
    ] as [(Double, String?)])
  func `a double is the number of its shortest text`(double: Double, text: String?) throws {
    guard let text else {
      #expect(throws: ExactDecimal.Overflow.self) { try ExactDecimal(double) }
      return
    }

    let number = try ExactDecimal(double)

    #expect(number.description == text)
    #expect(number.doubleValue == double)
  }

  @Test(
    arguments: [
      ("0.1", "0.1", "0", "0.01"), ("10", "0.003", "9.997", "0.03"), ("1", "3", "-2", "3"),
      ("0.5", "2", "-1.5", "1"),
    ])
  func `differences and products are exact`(left: String, right: String, difference: String, product: String) throws {
    let (left, right) = (try number(left), try number(right))

    #expect(try left.subtracting(right).description == difference)
    #expect(try left.multiplied(by: right).description == product)
    #expect(try left.subtracting(right).magnitude.description == difference.drop { $0 == "-" })
  }

  @Test(
    arguments: [
      ("100", "3", "1", "33"), ("100", "3", "0.1", "33.3"), ("100", "3", "10", "30"), ("100", "0.3", "1", "333"),
      ("9.99", "10", "1", "0"), ("10", "10", "1", "1"), ("0", "7", "0.5", "0"),
      ("0.3", "0.1", "1", "3"), ("250", "1", "100", "200"),
    ])
  func `a quotient is cut down to steps`(dividend: String, divisor: String, step: String, result: String) throws {
    let quotient = try number(dividend).divided(by: number(divisor), downTo: number(step))

    #expect(quotient.description == result)
  }

  @Test(arguments: [
    (10.004, "0.01", "10"), (10.005, "0.01", "10.01"), (10.0051, "0.01", "10.01"), (-10.005, "0.01", "-10.01"),
    (-10.004, "0.01", "-10"), (101.12, "0.25", "101"), (101.125, "0.25", "101.25"), (0.004, "0.01", "0"),
    (7, "5", "5"), (7.5, "5", "10"), (1.005, "0.01", "1.01"),
  ])
  func `a price is rounded to the nearest tick, halves away from zero`(price: Double, tick: String, result: String)
    throws
  {
    #expect(try ExactDecimal(price).rounded(to: number(tick)).description == result)
  }

  @Test func `what is too long is said, not rounded`() throws {
    let long = try number("12345678901234567890123456789012345678")
    let fine = try number("0.0000000000000000000000000000000001")

    #expect(throws: ExactDecimal.Overflow.self) { try long.multiplied(by: long) }
    #expect(throws: ExactDecimal.Overflow.self) { try long.subtracting(fine) }
    #expect(throws: ExactDecimal.Overflow.self) { try long.divided(by: fine, downTo: .one) }
    #expect(throws: ExactDecimal.Overflow.self) { try long.rounded(to: fine) }
    #expect(throws: ExactDecimal.Overflow.self) { try fine.multiplied(by: fine) }
  }

  @Test(arguments: [
    ("1", "2"), ("0.9", "1"), ("0.09", "0.1"), ("1.0001", "1.001"),
    ("0.0000000000000000000000000000000001", "99999999999999999999999999999999999999"),
  ])
  func `numbers are in order, however long they are`(less: String, more: String) throws {
    let (less, more) = (try number(less), try number(more))

    #expect(less < more)
    #expect(!(more < less))
    #expect(!(less < less))
  }

  @Test func `a negative number is less`() throws {
    #expect(try ExactDecimal(-0.5) < .zero)
    #expect(try ExactDecimal(-1.5) < ExactDecimal(-1.25))
  }

  @Test(arguments: [("100", JSONValue.integer(100)), ("0.5", .double(0.5)), ("99999999999999999999", .double(1e20))])
  func `JSON has a whole number where it is whole`(text: String, json: JSONValue) throws {
    #expect(try number(text).json == json)
  }

  private func number(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(parsing: text)) }
}
