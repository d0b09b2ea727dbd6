import PrepaperDomain
import PrepaperJSON
import PrepaperReport
import PrepaperTestSupport
import Testing

@Suite struct ChartTests {
  /// The height that a price has by the lines of the price axis alone.
  private func height(of price: Double, in text: String) throws -> Double {
    let prices = try #require(text.firstRange(of: "<g class=\"prices\">"))
    let axis = String(text[prices.lowerBound...].prefix { $0 != "\n" })
    let tags = try #require(Page(axis)).elements("text")
    let values = axis.split(separator: ">").compactMap { $0.split(separator: "<").first.flatMap { Double($0) } }
    try #require(tags.count == values.count && tags.count > 2)
    // The text stands 3.5 below its line.
    let first = (price: values[0], y: try #require(tags[0].number("y")) - 3.5)
    let last = (price: values[values.count - 1], y: try #require(tags[tags.count - 1].number("y")) - 3.5)
    return first.y + (price - first.price) / (last.price - first.price) * (last.y - first.y)
  }

  @Test(arguments: [
    ("buy", "entry", 107.0), ("buy", "stop", 103), ("buy", "target", 115), ("sell", "entry", 103),
    ("sell", "stop", 107), ("sell", "target", 95),
  ])
  func `each price of an order is drawn at its height`(side: String, level: String, price: Double) throws {
    let text = try ReportInputs().text

    let lines = try #require(Page(text)).elements("line").filter { $0.has(side, level) }

    try #require(lines.count == 1)
    let wanted = try height(of: price, in: text)
    #expect(abs(try #require(lines[0].number("y1")) - wanted) < 0.05)
    #expect(lines[0].number("y1") == lines[0].number("y2"))
  }

  @Test func `an order is drawn from the first to the last instant that it stands`() throws {
    // Given an order from 10:15 to 16:00: of the session's 26 bars it leaves out 3, and 8 bars of context none
    let page = try #require(Page(try ReportInputs().text))
    let line = try #require(page.elements("line").first { $0.has("buy", "entry") })
    let axis = try #require(page.elements("path").first { $0.has("axis") }?["d"])

    // When the axis is measured
    let numbers = axis.dropFirst().split { "MHv ".contains($0) }.compactMap { Double($0) }
    let (left, right) = (numbers[0], numbers[2])

    // Then the line begins 3 slots of 26 from its left end, and ends with it
    #expect(abs(try #require(line.number("x1")) - (left + (right - left) * 3 / 26)) < 0.05)
    #expect(line.number("x2") == right)
  }

  @Test func `mother and inside bar are marked where they are`() throws {
    let page = try #require(Page(try ReportInputs().text))
    let mother = try #require(page.elements("rect").first { $0.has("mother") })
    let inside = try #require(page.elements("rect").first { $0.has("inside") })
    let order = try #require(page.elements("line").first { $0.has("buy", "entry") })

    let width = try #require(mother.number("width"))
    let start = try #require(order.number("x1"))
    // The order begins where the inside bar ends, and the mother bar is the one before.
    #expect(abs(try #require(inside.number("x")) - (start - width)) < 0.25)
    #expect(abs(try #require(mother.number("x")) - (start - 2 * width)) < 0.25)
  }

  @Test func `the sides differ in shape and word, not in colour alone`() throws {
    let text = try ReportInputs().text

    let marks = try #require(Page(text)).elements("path").filter { $0.has("mark") }
    #expect(marks.count == 2)
    #expect(marks[0].has("buy") && marks[0]["d"]?.hasSuffix("l-5.5 -8z") ?? false)
    #expect(marks[1].has("sell") && marks[1]["d"]?.hasSuffix("l-5.5 8z") ?? false)
    #expect(text.contains(">BUY entry <tspan>107.00</tspan>"))
    #expect(text.contains(">SELL entry <tspan>103.00</tspan>"))
  }

  @Test func `labels of a pair at the same bar do not cover each other`() throws {
    let text = try ReportInputs().text
    let rest = text[try #require(text.firstRange(of: "<g class=\"labels\">")?.lowerBound)...]
    let end = try #require(rest.firstRange(of: "</g>")?.upperBound)
    let labels = try #require(Page(String(rest[..<end])))

    let heights = labels.elements("text").compactMap { $0.number("y") }.sorted()

    #expect(heights.count == 6)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 > 12.9 })
  }

  @Test func `a chart says in words what it shows`() throws {
    let text = try ReportInputs().text

    #expect(text.contains(">AAPL, 2025-01-06, 2 signals</title>"))
    #expect(text.contains("BUY entry 107.00, stop 103.00, target 115.00, valid 10:15–16:00. SELL entry 103.00"))
    #expect(text.contains("role=\"img\""))
  }

  @Test func `times below the bars are the market's`() throws {
    let text = try ReportInputs().text
    let times = try #require(text.firstRange(of: "<g class=\"times\">")?.upperBound)
    let line = text[times...].prefix { $0 != "\n" }

    #expect(line.contains(">10:00<") && line.contains(">15:00<"))
    #expect(!line.contains(">20:00<"))
  }

  @Test func `bars that begin at half past have times too`() throws {
    var inputs = try ReportInputs()
    let symbol = try symbol("AAPL")
    let session = try ReportInputs.session(on: ReportInputs.firstDay)
    var bars = BarSeries(symbol: symbol, timeframe: .h1)
    for hour in 0..<7 {
      bars.append(
        Bar(time: session.open + .seconds(3600 * hour), open: 102, high: 110, low: 100, close: 108, volume: 1))
    }
    inputs.bars[symbol] = RunReport.Series(bars: bars, sessions: [session])

    #expect(inputs.text.contains(">09:30</text>"))
  }

  @Test func `where bars lack there is a gap, and only there`() throws {
    var inputs = try ReportInputs()
    let symbol = try symbol("AAPL")
    #expect(!inputs.text.contains("class=\"gap\""))
    let whole = try #require(inputs.bars[symbol])
    var bars = BarSeries(symbol: symbol, timeframe: .m15)
    for index in 0..<26 where index != 10 && index != 11 && index < 24 { bars.append(whole.bars[index]) }
    inputs.bars[symbol] = RunReport.Series(bars: bars, sessions: whole.sessions)

    let gaps = try #require(Page(inputs.text)).elements("path").filter { $0.has("gap") }

    // One block for both, and none for the two at the end, which are not there yet.
    #expect(gaps.count == 1)
    #expect(gaps.first?["d"]?.count { $0 == "Z" } == 1)
  }

  @Test func `a day without bars at hand says so`() throws {
    var inputs = try ReportInputs()
    inputs.bars = [:]

    let text = inputs.text

    #expect(text.contains("2025-01-06, 2 signals: no bars at hand to draw it."))
    #expect(!text.contains("<svg"))
  }

  @Test func `a session of many bars is joined, and the bars of the decision are drawn one by one`() throws {
    var inputs = try ReportInputs()
    let symbol = try symbol("AAPL")
    let session = try ReportInputs.session(on: ReportInputs.firstDay)
    var bars = BarSeries(symbol: symbol, timeframe: .m1)
    for minute in 0..<390 {
      bars.append(
        Bar(time: session.open + .seconds(60 * minute), open: 102, high: 110, low: 100, close: 108, volume: 1))
    }
    inputs.bars[symbol] = RunReport.Series(bars: bars, sessions: [session])
    inputs.set("data", "timeframe", .string("M1"))

    let text = inputs.text

    #expect(text.contains("Each candle joins 2 bars of M1."))
    #expect(text.contains("Bar by bar around 10:15"))
    #expect(try #require(Page(text)).elements("svg").count == 2)
    #expect(text.utf8.count < 60_000)
  }

  @Test func `a price far away does not flatten the bars`() throws {
    var inputs = try ReportInputs()
    guard case .object(var order) = inputs.orders[0] else { return }
    order["tp"] = .double(1000)
    inputs.orders[0] = .object(order)

    let text = inputs.text

    #expect(text.contains(">BUY target <tspan>1000.00 ↑</tspan>"))
    let wanted = try height(of: 107, in: text)
    let page = try #require(Page(text))
    let line = try #require(page.elements("line").first { $0.has("buy", "entry") })
    #expect(abs(try #require(line.number("y1")) - wanted) < 0.05)
    #expect(abs(try height(of: 100, in: text) - height(of: 110, in: text)) > 50)
  }

  @Test func `daily bars have some weeks around the signals, and the next session's order`() throws {
    // Given 60 daily bars, and an order for the session after the last one
    var inputs = try ReportInputs()
    let symbol = try symbol("AAPL")
    var bars = BarSeries(symbol: symbol, timeframe: .d1)
    var sessions: [Session] = []
    for number in -59...0 {
      let day = ReportInputs.firstDay.advanced(byDays: number)
      sessions.append(try ReportInputs.session(on: day))
      bars.append(Bar(time: day.startUTC, open: 102, high: 110, low: 100, close: 108, volume: 1))
    }
    inputs.bars[symbol] = RunReport.Series(bars: bars, sessions: sessions)
    inputs.set("data", "timeframe", .string("D1"))
    inputs.orders = [
      .object([
        "ts": .string("2025-01-06T21:00:00+00:00"), "symbol": .string("AAPL"), "side": .string("BUY"),
        "entry_price": .double(104), "idempotency_key": .string("k"), "order_type": .string("LIMIT"),
        "valid_from": .string("2025-01-07T14:30:00+00:00"), "valid_to": .string("2025-01-07T21:00:00+00:00"),
      ])
    ]
    inputs.evidence = ["k": .object(["bar_ts": .string("2025-01-06T00:00:00Z"), "score": .double(0.031)])]

    let text = inputs.text

    // Then the bar and the order lie in the last two slots
    let page = try #require(Page(text))
    let decided = try #require(page.elements("rect").first { $0.has("decided") })
    let line = try #require(page.elements("line").first { $0.has("buy", "entry") })
    let width = try #require(decided.number("width"))
    let start = try #require(line.number("x1"))
    #expect(abs(try #require(decided.number("x")) + width - start) < 0.25)
    #expect(abs(try #require(line.number("x2")) - start - width) < 0.25)
    #expect(text.contains(">2024-12-") && text.contains("bar 2025-01-06 · score 0.031"))
    #expect(!text.contains("class=\"gap\""))
  }
}
