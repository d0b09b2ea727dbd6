import PrepaperDomain
import Testing

@Suite struct RunIDTests {
  @Test(arguments: [
    "a", "Z", "0", "251215_144939_HOOD_15m_100d", "a.b-c_d", "a..b", "0-", "A_", String(repeating: "x", count: 128),
  ])
  func `a name of letters, digits and three marks is an id`(text: String) {
    #expect(RunID(text)?.description == text)
  }

  @Test(arguments: [
    "", ".", "..", ".hidden", "-flag", "_x", "/", "a/b", "../a", "a/../b", "a\\b", "a b", " a", "a ", "a\n", "\na",
    "a\0", "a\0b", "a\u{1}", "a\u{1b}", "a\u{7f}", "a\u{85}", "a\u{202e}b", "ä", "aä", "a\u{301}", "ａ", "١", "a😀",
    "a:b", "a~", "a*", "a?", "a%2f", "a+b", "a=b", "a^b", "a,b", "a;b", "$a", "a'", "a\"",
    String(repeating: "x", count: 129),
  ])
  func `anything that could lead out of its folder is none`(text: String) {
    #expect(RunID(text) == nil)
  }

  @Test func `the limit counts bytes from the first on`() {
    #expect(RunID("x" + String(repeating: ".", count: 127)) != nil)
    #expect(RunID("x" + String(repeating: ".", count: 128)) == nil)
  }

  @Test func `ids are ordered by bytes`() throws {
    let ids = try ["b", "a", "B", "a.", "a-", "a_", "aa", "1", "a0"].map { try #require(RunID($0)) }

    #expect(ids.sorted().map(\.description) == ["1", "B", "a", "a-", "a.", "a0", "a_", "aa", "b"])
  }
}
