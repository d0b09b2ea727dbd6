import PrepaperApp
import PrepaperDomain
import Testing

@Suite struct ImportFileTests {
  @Test(arguments: [
    ("bars/SPY.M1.csv", "SPY", Timeframe.m1), ("BRK.B.D1.csv", "BRK.B", .d1), ("/a.b/QQQ.H1.csv", "QQQ", .h1),
  ])
  func `a file's name says what is in it`(path: String, symbol: String, timeframe: Timeframe) throws {
    let file = try ImportFile(path, symbol: nil, timeframe: nil)
    #expect(file.symbol.description == symbol)
    #expect(file.timeframe == timeframe)
  }

  @Test func `a flag goes before the name`() throws {
    let file = try ImportFile("SPY.M1.csv", symbol: Symbol("QQQ"), timeframe: .d1)
    #expect(file.symbol.description == "QQQ")
    #expect(file.timeframe == .d1)
  }

  @Test(arguments: [
    ("SPY.csv", "The instrument of 'SPY.csv' is not in its name, as in SYMBOL.TF.csv; say --symbol."),
    ("SPY.M2.csv", "The instrument of 'SPY.M2.csv' is not in its name, as in SYMBOL.TF.csv; say --symbol."),
    ("SPY.M1.txt", "The instrument of 'SPY.M1.txt' is not in its name, as in SYMBOL.TF.csv; say --symbol."),
    ("-", "The standard input needs --symbol and --timeframe."),
  ])
  func `a name that does not tell says which flag would`(path: String, fault: String) {
    let error = #expect(throws: FieldFault.self) { try ImportFile(path, symbol: nil, timeframe: nil) }
    #expect(error?.description == fault)
  }

  @Test func `a name that tells the timeframe only wants the other flag`() throws {
    let error = #expect(throws: FieldFault.self) {
      try ImportFile("bars.csv", symbol: Symbol("SPY"), timeframe: nil)
    }
    #expect(
      error?.description == "The timeframe of 'bars.csv' is not in its name, as in SYMBOL.TF.csv; say --timeframe.")
  }
}
