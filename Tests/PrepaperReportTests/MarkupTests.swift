import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct MarkupTests {
  private static let nasty = "<script>alert('x')</script>\" onload=\"y & z"

  @Test func `nothing of a run can become markup`() throws {
    // Given a run in which each text tries
    var inputs = try ReportInputs()
    inputs.set("identity", "run_id", .string(Self.nasty))
    inputs.set("identity", "source_backtest_run_id", .string(Self.nasty))
    inputs.set("result", "reason", .string(Self.nasty))
    inputs.set("data", "symbols", .array([.string(Self.nasty), .string("AAPL")]))
    inputs.set("data", "timeframe", .string(Self.nasty))
    inputs.set("inputs", "backtest_status", .string(Self.nasty))
    inputs.set("proof", "replay", .string(Self.nasty))
    inputs.definition["params"] = .object([Self.nasty: .string(Self.nasty)])
    inputs.orders.append(
      .object([
        "ts": .string(Self.nasty), "symbol": .string(Self.nasty), "side": .string(Self.nasty),
        "reason": .string(Self.nasty), "idempotency_key": .string(Self.nasty), "order_type": .string(Self.nasty),
      ]))
    inputs.orders.append(
      .object([
        "ts": .string("2025-01-06T16:00:00+00:00"), "symbol": .string("AAPL"), "side": .string(Self.nasty),
        "entry_price": .double(105), "reason": .string(Self.nasty), "idempotency_key": .string("odd"),
      ]))
    inputs.evidence["odd"] = .object([Self.nasty: .string(Self.nasty)])
    inputs.rejects = [
      .object([
        "ts": .string(Self.nasty), "symbol": .string(Self.nasty), "reason": .string(Self.nasty),
        "numbers": .object([Self.nasty: .string(Self.nasty)]),
      ])
    ]
    inputs.drift = .object([
      "reference": .object(["kind": .string(Self.nasty), "name": .string(Self.nasty)]),
      "signals": .array([
        .object([
          "status": .string(Self.nasty), "ts": .string(Self.nasty), "symbol": .string(Self.nasty),
          "side": .string(Self.nasty),
          "cause": .object(["kind": .string(Self.nasty), "text": .string(Self.nasty)]),
        ])
      ]),
    ])
    inputs.sensitivity = .object([
      "variants": .array([
        .object([
          "status": .string(Self.nasty), "reason": .string(Self.nasty),
          "changed": .array([
            .object([
              "order": .object(["symbol": .string(Self.nasty)]),
              "changes": .array([.object(["path": .string(Self.nasty), "before": .string(Self.nasty)])]),
            ])
          ]),
        ])
      ])
    ])

    // When it is reported
    let text = inputs.text

    // Then all of it is text
    let page = try #require(Page(text))
    #expect(page.firstUnbalanced == nil)
    #expect(page.elements("script").isEmpty)
    #expect(!page.tags.contains { $0["onload"] != nil })
    #expect(text.count(of: "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y &amp; z") > 25)
  }

  @Test func `a control character or a mark of direction is not passed on`() throws {
    var inputs = try ReportInputs()
    inputs.set("result", "reason", .string("a\u{0}b\u{1B}c\u{202E}d\u{2066}e"))

    #expect(inputs.text.contains("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"))
  }

  @Test func `every element is closed, and none of the page's own markup is shown as text`() throws {
    var inputs = try ReportInputs(symbols: ["AAPL", "MSFT"], pairs: 3)
    inputs.rejects = try Samples.rejects(3)
    inputs.drift = Samples.drift
    inputs.sensitivity = Samples.sensitivity
    inputs.set("strategy", "ignored", .array([.string("trailing_stop")]))
    inputs.set("history", "holes", .array([.object(["symbol": .string("AAPL"), "class": .string("missing")])]))
    inputs.set("history", "jumps", .array([.object(["symbol": .string("AAPL")])]))
    inputs.set("result", "reason", .string("a reason"))
    inputs.set("inputs", "backtest_status", .string("failed"))

    let text = inputs.text

    #expect(try #require(Page(text)).firstUnbalanced == nil)
    #expect(!text.contains("&lt;"))
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
    #expect(text.hasSuffix("</html>\n"))
  }

  @Test func `the page needs nothing from elsewhere and runs nothing`() throws {
    let text = try ReportInputs().text

    let page = try #require(Page(text))
    #expect(page.elements("script").isEmpty)
    #expect(page.elements("link").isEmpty)
    #expect(page.elements("img").isEmpty)
    #expect(!text.contains("http:") && !text.contains("https:") && !text.contains("url("))
    #expect(!text.contains("@import"))
    #expect(!page.tags.contains { $0["src"] != nil })
    #expect(page.elements("a").allSatisfy { $0["href"]?.hasPrefix("#") ?? false })
    #expect(text.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
  }

  @Test func `each id is there once, and each link leads to one`() throws {
    let page = try #require(Page(try ReportInputs(symbols: ["GC=F", "BRK.B", "AAPL"], pairs: 2).text))

    let ids = page.tags.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
    let links = page.elements("a").compactMap { $0["href"]?.dropFirst() }.map(String.init)
    #expect(links.count { $0.hasPrefix("charts-") } == 3)
    #expect(links.count > 3)
    #expect(Set(links).isSubset(of: ids))
    let names = page.elements("svg").flatMap { $0["aria-labelledby"]?.split(separator: " ").map(String.init) ?? [] }
    #expect(Set(names).isSubset(of: ids))
  }

  @Test func `the same run is the same bytes, however often it is reported`() throws {
    var inputs = try ReportInputs(symbols: ["AAPL", "MSFT", "SPY"], pairs: 4)
    inputs.rejects = try Samples.rejects(40)
    inputs.drift = Samples.drift
    inputs.definition["params"] = .object(
      Dictionary(uniqueKeysWithValues: (0..<50).map { ("param_\($0)", JSONValue.integer(Int64($0))) }))

    let first = inputs.page()
    // Dictionaries with the same members in another capacity have another order.
    inputs.definition["params"] = .object(
      Dictionary(uniqueKeysWithValues: (0..<500).map { ("param_\($0)", JSONValue.integer(Int64($0))) })
        .filter { Int($0.key.dropFirst(6)) ?? 0 < 50 })
    inputs.evidence.reserveCapacity(5000)
    let second = inputs.page()

    #expect(first.text == second.text)
    #expect(first.asked.map(\.description) == ["AAPL", "MSFT", "SPY"])
    #expect(first.asked == second.asked)
  }
}
