import GRDB
import PrepaperDomain
import PrepaperSignals
import Testing

@Suite struct SignalsStoreTests {
  @Test func `a row has every column as other tools read it`() throws {
    let file = try SignalsFile()
    let signal = try storedSignal("k1", at: "2025-12-15T14:45:00.5Z", symbol: "BRK.B", payload: #"{"ts": 1}"#)

    let receipt = try file.store().write(batch("run-1", [signal]))

    let row = try #require(try file.other().read { try Row.fetchOne($0, sql: "SELECT * FROM signals") })
    #expect(receipt == SignalsReceipt(written: 1, duplicatesSkipped: 0))
    #expect(
      row == [
        "id": 1, "lab": "PREPAPER", "run_id": "run-1", "source_tag": "prepaper_plan_intent",
        "ts": "2025-12-15T14:45:00.500000+00:00", "symbol": "BRK.B", "idempotency_key": "k1",
        "payload_json": #"{"ts": 1}"#, "created_at": "2025-12-16T08:00:00+00:00",
      ])
  }

  @Test func `a second write changes nothing and counts what it skipped`() throws {
    let file = try SignalsFile()
    let signals = [try storedSignal("k1"), try storedSignal("k2"), try storedSignal("k3")]
    let first = try file.store().write(batch("run-1", signals))
    let before = try file.bytes()

    let second = try file.store().write(batch("run-1", signals, at: "2025-12-17T08:00:00Z"))

    #expect(first == SignalsReceipt(written: 3, duplicatesSkipped: 0))
    #expect(second == SignalsReceipt(written: 0, duplicatesSkipped: 3))
    #expect(try file.bytes() == before)
  }

  @Test func `what is new is written beside what is there`() throws {
    let file = try SignalsFile()
    _ = try file.store().write(batch("run-1", [storedSignal("k1")]))

    let receipt = try file.store().write(batch("run-1", [storedSignal("k1"), storedSignal("k2"), storedSignal("k2")]))

    #expect(receipt == SignalsReceipt(written: 1, duplicatesSkipped: 2))
    #expect(try file.column("SELECT idempotency_key FROM signals ORDER BY id") == ["k1", "k2"])
  }

  @Test func `a key with another payload is refused with both, and nothing of its batch stays`() throws {
    let file = try SignalsFile()
    _ = try file.store().write(batch("run-1", [storedSignal("k2", payload: #"{"tp": 1.0}"#)]))
    let before = try file.bytes()
    let signals = [
      try storedSignal("k1"), try storedSignal("k2", payload: #"{"tp": 2.0}"#), try storedSignal("k3"),
    ]

    let error = try #require(throws: RunError.self) { try file.store().write(batch("run-1", signals)) }

    #expect(error.code == .signalsConflict)
    #expect(
      error.message
        == #"\#(file.path): run run-1 has signal k2 already, as {"tp": 1.0}, but now it is {"tp": 2.0}; "#
        + "nothing was written. Use another run id")
    #expect(try file.column("SELECT idempotency_key FROM signals") == ["k2"])
    #expect(try file.bytes() == before)
  }

  @Test func `a batch that contradicts itself is refused as a whole`() throws {
    let file = try SignalsFile()
    let signals = [try storedSignal("k1"), try storedSignal("k1", payload: "[]")]

    let error = try #require(throws: RunError.self) { try file.store().write(batch("run-1", signals)) }

    #expect(error.code == .signalsConflict)
    #expect(try file.schema() == [])
  }

  @Test func `the same key belongs to each run alone`() throws {
    let file = try SignalsFile()
    _ = try file.store().write(batch("run-1", [storedSignal("k1", payload: "{}")]))

    let receipt = try file.store().write(batch("run-2", [storedSignal("k1", payload: "[]")]))

    #expect(receipt.written == 1)
    #expect(try file.store().signals(SignalsQuery(runID: runID("run-1"))).map(\.payloadJSON) == ["{}"])
    #expect(try file.store().signals(SignalsQuery(runID: runID("run-2"))).map(\.payloadJSON) == ["[]"])
  }

  @Test func `rows of another lab neither collide nor are read`() throws {
    let file = try SignalsFile()
    _ = try file.store().write(batch("run-0", []))
    try file.execute(
      """
      INSERT INTO signals (lab, run_id, source_tag, ts, symbol, idempotency_key, payload_json, created_at)
      VALUES ('BACKTEST', 'run-1', 'backtest', '2025-12-15T14:45:00+00:00', 'SPY', 'k1', '"other"', 'then')
      """)

    let receipt = try file.store().write(batch("run-1", [storedSignal("k1")]))

    #expect(receipt.written == 1)
    #expect(try file.store().signals(SignalsQuery(runID: runID("run-1"))).map(\.payloadJSON) == ["{}"])
    #expect(try file.column("SELECT payload_json FROM signals WHERE lab = 'BACKTEST'") == [#""other""#])
  }

  @Test func `signals are read by instant, then symbol, then key`() throws {
    let file = try SignalsFile()
    let sorted = [
      try storedSignal("z", at: "2025-12-15T14:45:00Z", symbol: "SPY"),
      try storedSignal("a", at: "2025-12-15T14:45:00.000001Z", symbol: "AAPL"),
      try storedSignal("y", at: "2025-12-15T14:46:00Z", symbol: "AAPL"),
      try storedSignal("B", at: "2025-12-15T14:46:00Z", symbol: "BAC"),
      try storedSignal("a", at: "2025-12-15T14:46:00Z", symbol: "BAC"),
      try storedSignal("b", at: "2025-12-15T14:46:00Z", symbol: "a"),
    ].enumerated().map { index, signal in
      StoredSignal(
        time: signal.time, symbol: signal.symbol, idempotencyKey: "\(signal.idempotencyKey)\(index)",
        sourceTag: signal.sourceTag, payloadJSON: signal.payloadJSON)
    }
    _ = try file.store().write(batch("run-1", sorted.reversed()))

    #expect(try file.store().signals(SignalsQuery(runID: runID("run-1"))) == sorted)
    #expect(try file.store().signals(SignalsQuery(runID: runID("run-2"))) == [])
  }

  @Test(arguments: [("ts", "yesterday"), ("ts", "2025-12-15T14:45:00"), ("symbol", "no symbol")])
  func `a row that cannot be read is named by its key`(column: String, value: String) throws {
    let file = try SignalsFile()
    _ = try file.store().write(batch("run-1", [storedSignal("k1")]))
    try file.execute("UPDATE signals SET \(column) = '\(value)'")

    let error = try #require(throws: RunError.self) { try file.store().signals(SignalsQuery(runID: runID("run-1"))) }

    #expect(error.code == .signalsUnreadable)
    #expect(error.message == "\(file.path): signal k1 has no readable ts or symbol")
  }
}
