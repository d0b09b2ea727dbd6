import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperRun
import PrepaperTestSupport
import Testing

/// Runs whose orders have a quantity.
@Suite struct SizedRunTests {
  @Test func `without a sizing no order has a quantity, and the manifest says nothing of one`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request())

    let orders = try run.json("plan.json").list("orders")
    #expect(!orders.isEmpty)
    #expect(orders.allSatisfy { $0["quantity"] == nil })
    #expect(try run.manifest.at("sizing") == nil)
  }

  @Test func `with a sizing every order has its quantity, in the plan and in the store`() async throws {
    let bench = try RunBench()
    let options = RunOptions(sizing: "fixed:quantity=100")

    let run = try await bench.publish(bench.request(options: options))

    let orders = try run.json("plan.json").list("orders")
    #expect(!orders.isEmpty)
    #expect(orders.allSatisfy { $0["quantity"]?.doubleValue == 100 })
    #expect(try run.manifest.at("sizing") == .string("fixed:quantity=100"))
    #expect(try bench.storedSignals().allSatisfy { $0.payloadJSON.contains("\"quantity\": 100") })
  }

  @Test func `what gets no quantity is a listed reject, and no order`() async throws {
    let bench = try RunBench()
    let plain = try await bench.publish(bench.request("plain"))
    let options = RunOptions(sizing: "pct_of_equity:equity=1,percent=1")

    let run = try await bench.publish(bench.request("sized", options: options))

    #expect(plain.staged.signals.written > 0)
    #expect(run.staged.status == .success)
    #expect(try run.json("plan.json").list("orders").isEmpty)
    #expect(run.staged.rejects.filter { $0.reason == "quantity_zero" }.count == plain.staged.signals.written)
    #expect(try bench.storedSignals("sized") == [])
  }

  @Test(arguments: [nil, "fixed:quantity=1", "fixed:quantity=1,tick=0.01"])
  func `an order with a price of zero or less is a listed reject`(sizing: String?) async throws {
    // Given targets a thousand times as far as stops: those of all sales are below zero
    var backtest = Backtest()
    backtest.parameters["risk_reward_ratio"] = .double(1000)
    let bench = try RunBench(backtest)

    let run = try await bench.publish(bench.request(options: RunOptions(sizing: sizing)))

    let orders = try run.json("plan.json").list("orders")
    let refused = run.staged.rejects.filter { $0.reason == "price_not_positive" }
    #expect(!orders.isEmpty)
    #expect(orders.allSatisfy { $0["side"] == .string("BUY") })
    #expect(refused.count == orders.count)
    #expect(refused.allSatisfy { $0.numbers["tp"]?.doubleValue ?? 1 <= 0 && $0.numbers["side"] == .string("SELL") })
    #expect(try run.manifest.at("outputs.orders_count") == .integer(Int64(orders.count)))
  }

  @Test func `stops that are rounded to zero are listed rejects`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request(options: RunOptions(sizing: "fixed:quantity=1,tick=100000")))

    #expect(try run.json("plan.json").list("orders").isEmpty)
    #expect(try run.manifest.at("proof.lookahead") == .string("no_signals"))
  }

  @Test func `a key is that of the rounded prices`() async throws {
    let bench = try RunBench()
    let options = RunOptions(sizing: "fixed:quantity=1,tick=5")

    let run = try await bench.publish(bench.request(options: options))

    for order in try run.json("plan.json").list("orders") {
      let entry = try #require(order["entry_price"]?.doubleValue)
      #expect(entry.truncatingRemainder(dividingBy: 5) == 0)
      let identity =
        try ["ts", "symbol", "side", "strategy_key"].map { try #require(order[$0]?.stringValue) }
        + ["entry_price", "sl", "tp"].map { CanonicalJSON.number(try #require(order[$0]?.doubleValue)) }
      #expect(order["idempotency_key"] == .string(String(sha256Hex(identity.joined(separator: "|")).prefix(16))))
    }
  }
}
