import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct SizerTests {
  @Test(
    arguments: [
      ("fixed:quantity=100", "100"), ("fixed:quantity=100,lot=30", "90"), ("fixed:quantity=1.55,lot=0.1", "1.5"),
      ("fixed:quantity=100,max_notional=10000", "66"), ("fixed:quantity=100,max_notional=10000,lot=50", "50"),
      ("fixed:quantity=100,max_notional=15000", "100"),
      ("pct_of_equity:equity=100000,percent=10", "66"), ("pct_of_equity:equity=150,percent=100", "1"),
      ("pct_of_equity:equity=100000,percent=10,lot=0.001", "66.666"),
      ("risk:equity=100000,percent=1", "500"), ("risk:equity=100000,percent=0.1", "50"),
      ("risk:equity=100000,percent=1,max_notional=30000", "200"),
      ("risk:equity=100000,percent=1,min_quantity=500", "500"),
    ])
  func `the quantity is exact, in whole lots, and within the cap`(text: String, quantity: String) throws {
    // Given an order at 150 with its stop at 148
    let result = try size(text, signal())

    #expect(result.signals.map { $0.quantity?.description } == [quantity])
    #expect(result.rejects.isEmpty)
  }

  @Test func `a loss of exactly the risk is not a lot less`() throws {
    // Given a distance of 0.1, which is no binary fraction: 10.3 − 10.2 is a little more in doubles
    let signal = try signal(entry: 10.3, stop: 10.2)

    let sized = try size("risk:equity=1000,percent=1", signal).signals

    #expect(sized.map { $0.quantity?.description } == ["100"])
  }

  @Test(arguments: [
    (Side.buy, 100.005, 99.994, 102.016, 100.01, 99.99, 102.02), (.sell, 100.0049, 101.005, 97.995, 100, 101.01, 98),
  ])
  func `prices are rounded to the nearest tick`(
    side: Side, entry: Double, stop: Double, target: Double, toEntry: Double, toStop: Double, toTarget: Double
  ) throws {
    let signal = try signal(side, entry: entry, stop: stop, target: target)

    let sized = try #require(try size("fixed:quantity=1,tick=0.01", signal).signals.first)

    #expect(sized.entryPrice == toEntry)
    #expect(sized.stopPrice == toStop)
    #expect(sized.takeProfitPrice == toTarget)
  }

  @Test func `without a tick the prices stay as they are`() throws {
    let signal = try signal(entry: 29.599500000000003, stop: nil, target: nil)

    let sized = try #require(try size("fixed:quantity=1", signal).signals.first)

    #expect(sized == signal.sized(quantity: .one, entryPrice: 29.599500000000003, stopPrice: nil, takeProfitPrice: nil))
  }

  @Test func `the risk is that of the rounded prices`() throws {
    // Given prices whose distance is 0.96, and 1.0 once they are rounded to halves
    let signal = try signal(entry: 100.2, stop: 99.24)

    let sized = try size("risk:equity=10000,percent=1,tick=0.5", signal).signals

    #expect(sized.map { $0.quantity?.description } == ["100"])
  }

  @Test(arguments: [
    ("fixed:quantity=0.5", "0", "0", "quantity_zero"),
    ("fixed:quantity=99,min_quantity=100", "99", "99", "below_min_quantity"),
    ("fixed:quantity=83,min_quantity=200", "83", "83", "below_min_quantity"),
    ("fixed:quantity=100,max_notional=149.99", "0", "100", "quantity_zero"),
    ("fixed:quantity=100,max_notional=301,min_quantity=3", "2", "100", "below_min_quantity"),
    ("risk:equity=100,percent=1", "0", "0", "quantity_zero"),
    ("pct_of_equity:equity=1000,percent=10,min_quantity=1", "0", "0", "quantity_zero"),
  ])
  func `a quantity of zero or below the least one is a reject with its numbers`(
    text: String, quantity: String, wanted: String, reason: String
  ) throws {
    let signal = try signal()

    let result = try size(text, signal)

    let reject = try #require(result.rejects.first)
    #expect(result.signals.isEmpty)
    #expect(reject.reason == reason)
    #expect(reject.time == signal.time)
    #expect(reject.numbers["quantity"] == ExactDecimal(parsing: quantity)?.json)
    #expect(reject.numbers["wanted_quantity"] == ExactDecimal(parsing: wanted)?.json)
    #expect(reject.numbers["entry_price"] == .integer(150))
    #expect(reject.numbers["side"] == .string("BUY"))
  }

  @Test(
    arguments: [
      ("risk:equity=1000,percent=1", nil, "no_stop"), ("risk:equity=1000,percent=1", 150, "no_stop"),
      ("risk:equity=1000,percent=1,tick=1", 149.6, "no_stop"), ("fixed:quantity=1,tick=500", 148, "no_entry_price"),
    ] as [(String, Double?, String)])
  func `an order without the price that its quantity needs is a reject`(text: String, stop: Double?, reason: String)
    throws
  {
    let result = try size(text, signal(stop: stop))

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == [reason])
  }

  @Test func `numbers that are too long are an error that names the order`() throws {
    let signal = try signal(entry: 1.2345678901234567e-20, stop: nil)

    let error = #expect(throws: RunError.self) { try size("pct_of_equity:equity=123456789012345,percent=1", signal) }

    #expect(error?.code == .paramsInvalid)
    #expect(error?.message.contains("SPY BUY at 2025-01-01T10:30:00Z") == true)
  }

  @Test func `signals and rejects keep their order`() throws {
    let signals = try [10.0, 20000, 30, 40000, 50].map { try signal(entry: $0, stop: nil) }

    let result = try Sizer(Sizing(parsing: "fixed:quantity=1,max_notional=1000")).size(signals)

    #expect(result.signals.map(\.entryPrice) == [10, 30, 50])
    #expect(result.rejects.map { $0.numbers["entry_price"] } == [.integer(20000), .integer(40000)])
  }

  private func size(_ text: String, _ signal: Signal) throws -> StrategyResult {
    try Sizer(Sizing(parsing: text)).size([signal])
  }

  private func signal(_ side: Side = .buy, entry: Double = 150, stop: Double? = 148, target: Double? = nil) throws
    -> Signal
  {
    Signal(
      time: try instant("2025-01-01T10:30:00Z"), symbol: try #require(Symbol("SPY")), side: side, entryPrice: entry,
      stopPrice: stop, takeProfitPrice: target)
  }
}
