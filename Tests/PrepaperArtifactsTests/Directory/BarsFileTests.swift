import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct BarsFileTests {
  @Test func `bars are CSV with canonical numbers and a final newline`() throws {
    var series = BarSeries(symbol: try #require(Symbol("SPY")), timeframe: .m1)
    series.append(
      Bar(
        time: try #require(UTCTimestamp(rfc3339: "2013-10-04T13:30:00Z")), open: 167.74, high: 168, low: 0.00001,
        close: 167.5, volume: 2_462_144))
    series.append(
      Bar(
        time: try #require(UTCTimestamp(rfc3339: "2013-10-04T13:31:00Z")), open: 1e16, high: 1e22, low: 0.1,
        close: 0x1p53, volume: 0))

    let text = String(decoding: barsFileBytes(series), as: UTF8.self)

    #expect(
      text == """
        ts,open,high,low,close,volume
        2013-10-04T13:30:00Z,167.74,168.0,1e-05,167.5,2462144.0
        2013-10-04T13:31:00Z,1e+16,1e+22,0.1,9007199254740992.0,0.0

        """)
  }

  @Test func `a long series is written piece by piece, and no row is lost between them`() throws {
    var series = BarSeries(symbol: try #require(Symbol("SPY")), timeframe: .m1)
    var lines = ["ts,open,high,low,close,volume"]
    for minute in 0..<5000 {
      let time = UTCTimestamp(seconds: 1_765_809_000 + 60 * Int64(minute))
      let open = Double(minute) / 64 + 0.001
      series.append(Bar(time: time, open: open, high: open + 2, low: open / 3, close: open, volume: Double(minute)))
      let numbers = [open, open + 2, open / 3, open, Double(minute)].map(CanonicalJSON.number)
      lines.append(([time.rfc3339] + numbers).joined(separator: ","))
    }

    var pieces: [[UInt8]] = []
    writeBarsFile(series) { pieces.append($0) }

    #expect(pieces.count > 3)
    #expect(String(decoding: pieces.joined(), as: UTF8.self) == lines.joined(separator: "\n") + "\n")
    #expect(barsFileBytes(series) == Array(pieces.joined()))
  }

  @Test func `without bars the header is left`() throws {
    let bytes = barsFileBytes(BarSeries(symbol: try #require(Symbol("SPY")), timeframe: .m1))

    #expect(String(decoding: bytes, as: UTF8.self) == "ts,open,high,low,close,volume\n")
  }
}
