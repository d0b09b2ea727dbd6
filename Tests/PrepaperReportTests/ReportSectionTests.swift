import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct ReportSectionTests {
  @Test func `made-up bars are named at the top, in the title, in a badge and beside the provider`() throws {
    var inputs = try ReportInputs()
    #expect(!inputs.text.contains("SYNTHETIC"))
    inputs.set(
      "data", "provider", .object(["name": .string("fake"), "source": .string("synthetic"), "synthetic": .bool(true)]))

    let text = inputs.text

    #expect(text.contains("<title>SYNTHETIC · RUN_1"))
    #expect(text.contains("<strong>SYNTHETIC DATA</strong> not real: the bars of this run were made up."))
    #expect(text.contains("<span class=\"badge synthetic\">SYNTHETIC DATA</span>"))
    #expect(try #require(text.section("subject")).contains("SYNTHETIC DATA"))
  }

  @Test func `a run without signals says why, and has no charts`() throws {
    var inputs = try ReportInputs(pairs: 0)
    inputs.set("result", "status", .string("NO_SIGNALS"))
    inputs.set("result", "reason", .string("expected 1140 M1 bars, missing 1140"))
    inputs.set("history", "status", .string("DEGRADED"))
    inputs.set("proof", "lookahead", .string("no_signals"))

    let (text, asked) = inputs.page()

    #expect(asked.isEmpty)
    #expect(text.contains("NO_SIGNALS</span>"))
    #expect(text.contains("<strong>Why there are no signals:</strong> expected 1140 M1 bars, missing 1140"))
    #expect(text.contains("The plan has no orders."))
    #expect(!text.contains("<svg") && !text.contains("id=\"charts\""))
    #expect(text.contains("There was nothing to test: no order came of the run."))
  }

  @Test func `what ran on what is there, with each parameter and both windows`() throws {
    var inputs = try ReportInputs()
    inputs.set("inputs", "backtest_status", .string("failed"))
    inputs.definition["sizing"] = .string("fixed:quantity=100")

    let subject = try #require(inputs.text.section("subject"))

    for text in [
      "insidebar_intraday", "1.0.1", "d1d1", "BACKTEST_1", "not approved: it ended in failed", "M15, built from M1",
      "XNYS, XNYS-1", "2025-01-06 09:30–16:00 America/New_York", "2025-01-06 14:30 – 2025-01-06 21:00",
      "72 bars before the window", "real, csv, adjustment none", "fixed:quantity=100", "<dt>atr_period</dt>",
      "<code>14</code>", "<dt>tick_size</dt>", "<code>0.01</code>",
    ] {
      #expect(subject.contains(text), "\(text)")
    }
  }

  @Test(arguments: [
    ("replay", "holds", "✓ Replay holds", "the second computation gave the same orders"),
    ("replay", "not_run", "– Replay not run", "It was not run, so nothing is claimed."),
    ("lookahead", "holds", "✓ Look-ahead holds", "no order changes when later bars are taken away"),
    ("lookahead", "sampled", "✓ Look-ahead holds, sampled", "not every decision time was put to it"),
    ("lookahead", "not_run", "– Look-ahead not run", "It was not run, so nothing is claimed."),
  ])
  func `each proof says what came of it`(proof: String, result: String, badge: String, words: String) throws {
    var inputs = try ReportInputs()
    inputs.set("proof", proof, .string(result))

    let text = inputs.text

    #expect(text.count(of: "\(badge)</span>") == 2)
    #expect(try #require(text.section("proofs")).contains(words))
  }

  @Test func `a run that is older than a member goes without it`() throws {
    var inputs = try ReportInputs()
    inputs.definition = ["identity": .object(["run_id": .string("OLD")])]
    inputs.orders = [.object(["symbol": .string("AAPL")]), .string("no order"), .null]
    inputs.evidence = ["": .null]
    inputs.rejects = [.object([:]), .integer(3)]
    inputs.drift = .object([:])
    inputs.sensitivity = .array([])

    let text = inputs.text

    #expect(try #require(Page(text)).firstUnbalanced == nil)
    #expect(text.contains("<h1>OLD</h1>"))
    #expect(text.contains("Replay not recorded"))
    #expect(text.contains("Signals: 3"))
  }

  @Test func `an empty manifest is still a page`() throws {
    var inputs = try ReportInputs(pairs: 0)
    inputs.definition = [:]

    #expect(try #require(Page(inputs.text)).firstUnbalanced == nil)
  }

  @Test func `the history gate lists holes and jumps in local time`() throws {
    var inputs = try ReportInputs()
    inputs.set(
      "history", "holes",
      .array([
        .object([
          "symbol": .string("AAPL"), "from": .string("2025-01-06T15:00:00Z"), "to": .string("2025-01-06T15:29:00Z"),
          "bars": .integer(30), "class": .string("missing"),
        ])
      ]))
    inputs.set(
      "history", "jumps",
      .array([
        .object([
          "symbol": .string("AAPL"), "from": .string("2025-01-03T20:59:00Z"), "to": .string("2025-01-06T14:30:00Z"),
          "close": .double(700), "open": .double(100), "change": .double(-0.8571428571428572),
        ])
      ]))

    let history = try #require(inputs.text.section("history"))

    #expect(history.contains("1,470 of 1,470 expected M1 bars, 100\u{A0}%"))
    #expect(history.contains("at most 1\u{A0}% of the bars"))
    #expect(history.contains("2025-01-06 10:00") && history.contains("2025-01-06 10:29"))
    #expect(history.contains("<td>missing</td>"))
    #expect(history.contains("-85.71\u{A0}%"))
  }

  @Test func `a run that left symbols out says so at the top, and which`() throws {
    var inputs = try ReportInputs(symbols: ["AAPL", "MSFT"])
    let lacking: [String: JSONValue] = [
      "symbol": .string("MSFT"), "status": .string("DEGRADED"), "reason": .string("missing 7"),
    ]
    inputs.set("result", "errors", .array([.object(lacking)]))
    inputs.set(
      "history", "symbols",
      .array([.object(["symbol": .string("AAPL"), "status": .string("SUFFICIENT")]), .object(lacking)]))

    let text = inputs.text

    #expect(text.contains("! 1 symbol without enough history</span>"))
    let history = try #require(text.section("history"))
    #expect(history.contains("Symbols without enough history: 1 of 2"))
    #expect(history.contains("<td>MSFT</td>") && history.contains("missing 7") && !history.contains("<td>AAPL</td>"))
  }

  @Test func `several symbols come with a table of them that leads to their charts`() throws {
    var inputs = try ReportInputs(symbols: ["AAPL", "MSFT"], pairs: 2)
    inputs.set("data", "symbols", .array(["AAPL", "MSFT", "NONE"].map(JSONValue.string)))

    let overview = try #require(inputs.text.section("symbols"))

    #expect(overview.contains("<a href=\"#charts-AAPL\">2 charts</a>"))
    #expect(overview.contains("<a href=\"#charts-MSFT\">2 charts</a>"))
    #expect(overview.contains("<b>NONE</b></td><td class=\"n\">0</td>"))
    #expect(try ReportInputs().text.section("symbols") == nil)
  }

  @Test func `a signal has both times, its prices without noise, and its numbers once`() throws {
    var inputs = try ReportInputs()
    guard case .object(var order) = inputs.orders[0] else { return }
    order["tp"] = .double(221.89000000000001)
    order["quantity"] = .integer(33)
    inputs.orders[0] = .object(order)

    let signals = try #require(inputs.text.section("signals"))

    #expect(signals.contains("<time datetime=\"2025-01-06T15:15:00Z\">2025-01-06 10:15</time>"))
    #expect(signals.contains("<td>2025-01-06 15:15</td>"))
    #expect(signals.contains("<td class=\"n\">221.89</td><td class=\"n\">33</td><td>10:15–16:00</td>"))
    #expect(signals.contains("atr 0.5 · inside 10:00 · mother 09:45"))
    #expect(signals.count(of: "atr 0.5") == 1)
    #expect(signals.contains("<code>AAPL-0-BUY</code>") && signals.contains("<code>AAPL-0-SELL</code>"))
  }

  @Test func `symbols are listed with all of their orders and rejects`() throws {
    var inputs = try ReportInputs(symbols: ["AAPL", "MSFT"], pairs: 3)
    inputs.orders.removeLast()
    inputs.rejects = try Samples.rejects(9)

    let symbols = try #require(inputs.text.section("symbols"))

    func cells(_ counts: Int...) -> String { counts.map { "<td class=\"n\">\($0)</td>" }.joined() }
    #expect(symbols.contains("<b>AAPL</b></td>" + cells(6, 3, 3, 9)), "\(symbols)")
    #expect(symbols.contains("<b>MSFT</b></td>" + cells(5, 3, 2, 0)), "\(symbols)")
  }

  @Test func `rejects are counted by rule, the most frequent first`() throws {
    var inputs = try ReportInputs()
    inputs.rejects = try Samples.rejects(9)

    let rejects = try #require(inputs.text.section("rejects"))

    let often = try #require(rejects.firstRange(of: "<code>inside_body_fraction</code></td><td class=\"n\">6</td>"))
    let rare = try #require(rejects.firstRange(of: "<code>mother_too_small</code></td><td class=\"n\">3</td>"))
    #expect(often.lowerBound < rare.lowerBound)
    #expect(rejects.contains("fraction 0.25 · mother 09:45"))
  }

  @Test func `drift shows each signal that is not the same, with its cause`() throws {
    var inputs = try ReportInputs()
    inputs.drift = Samples.drift

    let drift = try #require(inputs.text.section("drift"))

    for text in [
      "<strong>22.5\u{A0}%</strong>", "31 signals", "2 signals", "3 signals", "4 signals", "5 signals",
      "backtest, <code>BACKTEST_1</code>", "<td>other prices</td>", "<td>only here</td>", "<td>only there</td>",
      "entry 0.01 (1.25 bps)", "<b>bars differ</b>", "<b>bar revised</b>", "<b>hole in the bars</b>",
      "<b>parameter differs</b>", "<b>outside the window</b>", "<b>bar was not there yet</b>", "<b>rejected</b>",
      "<b>cause unknown</b>",
    ] {
      #expect(drift.contains(text), "\(text)")
    }
    for cause in Samples.causes { #expect(drift.contains("because of \(cause) number 7")) }
    #expect(drift.count(of: "<tr>") == 1 + Samples.causes.count)
    #expect(try ReportInputs().text.section("drift") == nil)
  }

  @Test func `sensitivity shows each trial and each signal that changed`() throws {
    var inputs = try ReportInputs()
    inputs.sensitivity = Samples.sensitivity

    let sensitivity = try #require(inputs.text.section("sensitivity"))

    for text in [
      "The run with 76 warm-up bars", "✓ the same signals", "! differs", "– not available",
      "the source begins too late", "Signals that change: 3", "<td>added</td>", "<td>removed</td>", "201.00", "202.00",
      "203.00", "tp 204.5 → 205.5",
    ] {
      #expect(sensitivity.contains(text), "\(text)")
    }
  }

  @Test func `every digest is there, with the way to check it`() throws {
    let hashes = try #require(try ReportInputs().text.section("hashes"))

    for text in ["c0ffee", "p1p1", "e1e1", "m1m1", "f1f1", "b1b1", "d1d1", "a1a1", "bars/AAPL.M1.csv"] {
      #expect(hashes.contains(">\(text)</code>"), "\(text)")
    }
    #expect(hashes.contains("prepaper verify RUN_1\nsha256sum plan.json"))
    #expect(hashes.contains("prepaper 0.1.0"))
  }
}
