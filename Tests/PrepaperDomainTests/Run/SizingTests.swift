import PrepaperDomain
import Testing

@Suite struct SizingTests {
  @Test(arguments: [
    ("fixed:quantity=100", "fixed:quantity=100"),
    ("fixed:lot=1,quantity=0100.0", "fixed:quantity=100"),
    ("fixed:lot=0.10,quantity=2.5", "fixed:quantity=2.5,lot=0.1"),
    ("pct_of_equity:percent=10,equity=100000", "pct_of_equity:equity=100000,percent=10"),
    (
      "risk:tick=0.01,max_notional=25000,min_quantity=5,percent=0.50,equity=100000",
      "risk:equity=100000,percent=0.5,min_quantity=5,max_notional=25000,tick=0.01"
    ),
  ])
  func `texts that say the same are the same`(text: String, canonical: String) throws {
    let sizing = try Sizing(parsing: text)

    #expect(sizing.description == canonical)
    #expect(try Sizing(parsing: canonical) == sizing)
  }

  @Test(arguments: [
    ("", "a method and its numbers are wanted, fixed:quantity=100"),
    ("fixed", "a method and its numbers are wanted, fixed:quantity=100"),
    ("Fixed:quantity=1", "'Fixed' is not known; known are: fixed, pct_of_equity, risk"),
    ("fixed:", "'' is not NAME=NUMBER"),
    ("fixed:quantity", "'quantity' is not NAME=NUMBER"),
    ("fixed:quantity=1,", "'' is not NAME=NUMBER"),
    ("fixed:tick=0.01", "quantity is required"),
    ("risk:percent=1", "equity is required"),
    ("pct_of_equity:equity=1", "percent is required"),
    ("fixed:quantity=1,quantity=1", "quantity stands twice"),
    (
      "fixed:quantity=1,percent=1",
      "'percent' is not known to fixed; known are: quantity, min_quantity, max_notional, tick, lot"
    ),
    (
      "risk:equity=1,percent=1,Lot=1",
      "'Lot' is not known to risk; known are: equity, percent, min_quantity, "
        + "max_notional, tick, lot"
    ),
    ("risk:equity=1,percent=100.01", "percent must be at most 100, is 100.01"),
    ("fixed:quantity=0", "quantity must be above zero"),
    ("fixed:quantity=1,lot=0.0", "lot must be above zero"),
    ("fixed:quantity=-1", "quantity must be plain digits, at most 15 and 9 after the point, is '-1'"),
    ("fixed:quantity=1e3", "quantity must be plain digits, at most 15 and 9 after the point, is '1e3'"),
    ("fixed:quantity= 1", "quantity must be plain digits, at most 15 and 9 after the point, is ' 1'"),
    (
      "fixed:quantity=1234567890123456",
      "quantity must be plain digits, at most 15 and 9 after the point, is '1234567890123456'"
    ),
    (
      "fixed:quantity=1,tick=0.0000000001",
      "tick must be plain digits, at most 15 and 9 after the point, is '0.0000000001'"
    ),
  ])
  func `what is wrong is said`(text: String, problem: String) {
    let error = #expect(throws: RunError.self) { try Sizing(parsing: text) }

    #expect(error == RunError(.paramsInvalid, "sizing '\(text)': \(problem)"))
  }
}
