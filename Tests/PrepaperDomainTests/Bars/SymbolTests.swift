import PrepaperDomain
import Testing

@Suite struct SymbolTests {
  @Test(arguments: [
    "A", "SPY", "BRK.B", "BF-B", "ES=F", "0700.HK", "9", "a^b", "X_Y", "spy", String(repeating: "A", count: 32),
  ])
  func `a ticker is a symbol as it is written`(text: String) {
    #expect(Symbol(text)?.description == text)
  }

  @Test(arguments: [
    "", "..", ".A", "-A", "^GSPC", "=F", "_A", "A/B", "BTC/USD", "A B", "A\n", "\tA", "A\0", "A\u{7f}", "Ä", "AÄ", "А",
    "A:B", "A,B", "A|B", "A+", "A*", String(repeating: "A", count: 33),
  ])
  func `what is not safe in a file name is none`(text: String) {
    #expect(Symbol(text) == nil)
  }

  @Test func `symbols are ordered by bytes`() throws {
    let symbols = try ["a", "SPY", "BRK.B", "BRK-B", "BRK", "Z"].map { try #require(Symbol($0)) }

    #expect(symbols.sorted().map(\.description) == ["BRK", "BRK-B", "BRK.B", "SPY", "Z", "a"])
  }
}
