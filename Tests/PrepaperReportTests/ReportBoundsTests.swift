import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct ReportBoundsTests {
  @Test func `thousands of signals, rejects and holes are cut, and counted`() throws {
    // Given a run of three thousand days
    var inputs = try ReportInputs(pairs: 3000)
    inputs.rejects = try Samples.rejects(4000)
    inputs.set(
      "history", "holes",
      .array(
        (0..<900).map { _ in
          .object(["symbol": .string("AAPL"), "from": .string("2025-01-06T15:00:00Z"), "bars": .integer(1)])
        }))
    inputs.set("params", "note", .string(String(repeating: "long ", count: 100_000)))

    // When it is reported
    let text = inputs.text

    // Then each list has its end, and says so
    #expect(text.utf8.count < 1_500_000)
    #expect(text.contains("long … (cut)</code>"))
    #expect(try #require(text.section("signals")).count(of: "<tr>") == 501)
    #expect(text.contains("and 5,500 more; plan.json has all."))
    #expect(text.contains("and 3,500 more; run_meta.json has all."))
    #expect(try #require(text.section("history")).count(of: "<tr>") == 201)
    #expect(text.contains("and 700 more; run_manifest.json has all."))
    #expect(text.count(of: "<figure>") == 40)
    #expect(text.contains("and 2,960 more; plan.json has their signals."))
  }

  @Test func `symbols share the charts, so that each has its first before any has many`() throws {
    let names = (0..<50).map { "S\($0 + 10)" }
    let inputs = try ReportInputs(symbols: names, pairs: 3)

    let (text, asked) = inputs.page()

    #expect(text.count(of: "<figure>") == 60)
    #expect(asked.map(\.description) == names)
    #expect(text.contains("<a href=\"#charts-S10\">2 charts</a>"))
    #expect(text.contains("<a href=\"#charts-S59\">1 chart</a>"))
    #expect(text.contains("and 90 more; of 150 charts the first ones are drawn, plan.json has every signal."))
  }

  @Test func `two hundred symbols stay below two megabytes`() throws {
    var inputs = try ReportInputs(symbols: (0..<200).map { "S\($0 + 100)" }, pairs: 10)
    inputs.rejects = try Samples.rejects(20_000)
    inputs.drift = Samples.drift

    let (text, asked) = inputs.page()

    #expect(text.utf8.count < 2_000_000)
    #expect(asked.count == 60)
  }

  @Test func `drift and sensitivity are cut, and counted`() throws {
    var inputs = try ReportInputs()
    let signal = JSONValue.object(["status": .string("only_here"), "ts": .string("2025-01-06T15:15:00Z")])
    inputs.drift = .object(["signals": .array(Array(repeating: signal, count: 1000))])
    inputs.sensitivity = .object([
      "variants": .array([.object(["factor": .integer(2), "added": .array(Array(repeating: signal, count: 400))])])
    ])

    let text = inputs.text

    #expect(text.section("drift")?.count(of: "<tr>") == 301)
    #expect(text.section("sensitivity")?.count(of: "<tr>") == 2 + 301)
    #expect(text.contains("and 700 more; drift.json has all."))
    #expect(text.contains("and 100 more; sensitivity.json has all."))
  }
}
