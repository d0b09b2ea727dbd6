import PrepaperApp
import PrepaperTestSupport
import Testing

@Suite struct SymbolsFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: [
    ("SPY\nQQQ\n", ["SPY", "QQQ"]),
    ("SPY", ["SPY"]),
    ("# all of them\n SPY\t# the index\r\n\n  \nBRK.B\n", ["SPY", "BRK.B"]),
    ("SPY,QQQ\n", ["SPY,QQQ"]),
  ])
  func `an instrument is a line, without what follows a number sign`(text: String, symbols: [String]) throws {
    let path = try directory.write(text, to: "symbols")
    #expect(try SymbolsFile(path: path).symbols == symbols)
  }

  @Test(arguments: ["", "\n\n", "# nothing\n"]) func `a file without an instrument is bad data`(text: String) throws {
    let path = try directory.write(text, to: "symbols")
    let error = #expect(throws: AppError.self) { try SymbolsFile(path: path) }
    #expect(error?.reason == .data)
    #expect(error?.message == "there are no instruments in \(path)")
  }

  @Test func `a file that is not there is missing input`() {
    let error = #expect(throws: AppError.self) { try SymbolsFile(path: "\(directory.path)/none") }
    #expect(error?.reason == .inputMissing)
    #expect(error?.code == "symbols_file")
  }
}
