import PrepaperDomain
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence))) struct ResamplerRealBarsTests {
  @Test(arguments: ["SPY", "BAC"], [Timeframe.m5, .m15])
  func `real minutes give the golden bars`(symbol: String, timeframe: Timeframe) throws {
    // Given the golden bars, and the minutes of their days' sessions
    let golden = try BarSeries(
      csv: SharedData.read("golden/bars/\(symbol).\(timeframe.rawValue).rth.csv"), symbol: symbol,
      timeframe: timeframe)
    let sessions = try Set(golden.time.map(\.utcDate)).sorted().map { try Session.on($0.description) }
    let minutes = try BarSeries(
      csv: SharedData.read("data/bars/\(symbol).M1.csv"), symbol: symbol, timeframe: .m1)
    let extended = (0..<minutes.count).filter { index in
      !sessions.contains { $0.hours.contains(minutes.time[index]) }
    }
    try #require(sessions.count >= 6)
    try #require(!extended.isEmpty)

    // When the minutes are resampled
    let last = try #require(sessions.last)
    let bars = resampler(timeframe, .rth, sessions).resample(minutes.without(extended), until: last.close)

    // Then they are the golden ones, to the last digit
    #expect(bars == golden)
  }
}
