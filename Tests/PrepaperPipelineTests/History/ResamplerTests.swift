import PrepaperDomain
import PrepaperPipeline
import Testing

@Suite struct ResamplerTests {
  @Test(arguments: [(Timeframe.m5, 78), (.m15, 26), (.m30, 13), (.h1, 7)])
  func `a full day has its bars, each of its minutes`(timeframe: Timeframe, count: Int) throws {
    // Given a day of minutes whose prices rise by one
    let session = try Session.on("2013-10-04")
    let base = try BarSeries(.m1, session.bars())

    // When they are resampled
    let longer = resampler(timeframe, .rth, [session]).resample(base, until: session.close)

    // Then each bar opens on the grid from the open on, and has first, highest, lowest, last and sum of its minutes
    #expect(longer.count == count)
    #expect(longer.timeframe == timeframe)
    #expect(longer.symbol == base.symbol)
    for index in 0..<longer.count {
      let first = index * timeframe.minutes
      let last = min(first + timeframe.minutes, 390) - 1
      #expect(
        longer[index]
          == Bar(
            time: session.open + .seconds(60 * first), open: 1000 + Double(first), high: 1000.75 + Double(last),
            low: 999.75 + Double(first), close: 1000.5 + Double(last), volume: Double(last - first + 1)))
    }
  }

  @Test(arguments: [
    (Timeframe.m5, 42, "17:55"), (.m15, 14, "17:45"), (.m30, 7, "17:30"), (.h1, 4, "17:30"),
  ])
  func `a half day ends at its close`(timeframe: Timeframe, count: Int, last: String) throws {
    let session = try Session.on("2024-11-29", from: "14:30", to: "18:00")
    let base = try BarSeries(.m1, session.bars())

    let longer = resampler(timeframe, .rth, [session]).resample(base, until: session.close)

    #expect(longer.count == count)
    #expect(longer.time.first == session.open)
    #expect(try longer.time.last == instant("2024-11-29T\(last)Z"))
    #expect(longer.volume.reduce(0, +) == 210)
    #expect(longer.volume.last == Double(min(timeframe.minutes, 30)))
  }

  @Test func `highest and lowest may be anywhere in the bar`() throws {
    let session = try Session.on("2013-10-04", to: "13:35")
    let numbers = [(10.0, 12.0, 9.0, 11.0), (11, 15, 10, 14), (14, 14.5, 3, 4), (4, 5, 3.5, 4.5), (4.5, 13, 4, 12)]
    let bars = numbers.enumerated().map { index, prices in
      Bar(
        time: session.open + .seconds(60 * index), open: prices.0, high: prices.1, low: prices.2, close: prices.3,
        volume: Double(index + 1) / 10)
    }

    let longer = try resampler(.m5, .rth, [session]).resample(BarSeries(.m1, bars), until: session.close)

    try #require(longer.count == 1)
    #expect(
      longer[0]
        == Bar(
          time: session.open, open: 10, high: 15, low: 3, close: 12, volume: 0.1 + 0.2 + 0.3 + 0.4 + 0.5))
  }

  @Test func `a bar whose first minute lacks still opens on the grid`() throws {
    // Given a day without 13:30, without 13:39, and without 13:45 to 13:49
    let session = try Session.on("2013-10-04")
    let base = try BarSeries(.m1, session.bars()).without([0, 9, 15, 16, 17, 18, 19])

    let longer = resampler(.m5, .rth, [session]).resample(base, until: session.close)

    // Then the first bar begins with the minute that is there, and a bar without any minute is not there
    try #require(longer.count == 77)
    #expect(longer[0].time == session.open)
    #expect(longer[0].open == 1001)
    #expect(longer[0].volume == 4)
    #expect(longer[1].close == 1008.5)
    #expect(try longer.time[2...3] == [instant("2013-10-04T13:40:00Z"), instant("2013-10-04T13:50:00Z")])
  }

  @Test(arguments: [
    ("2013-10-04T13:34:59.999999Z", 0), ("2013-10-04T13:35:00Z", 1), ("2013-10-04T13:39:00Z", 1),
    ("2013-10-04T13:40:00Z", 2), ("2013-10-04T19:59:59Z", 77), ("2013-10-04T20:00:00Z", 78),
  ])
  func `the forming bar is left out`(until: String, count: Int) throws {
    let session = try Session.on("2013-10-04")
    let end = try instant(until)
    let base = try BarSeries(.m1, session.bars().filter { $0.time < end })

    let longer = resampler(.m5, .rth, [session]).resample(base, until: end)

    #expect(longer.count == count)
  }

  @Test func `a bar that lacks its last minutes is over when its time is`() throws {
    let session = try Session.on("2013-10-04")
    let base = try BarSeries(.m1, session.bars()).slice(0..<8)

    let longer = resampler(.m5, .rth, [session]).resample(base, until: session.open + .seconds(600))

    #expect(longer.volume == [5, 3])
  }

  @Test func `without bars or without sessions there is nothing`() throws {
    let session = try Session.on("2013-10-04")
    let none = try BarSeries(.m1, [])

    #expect(resampler(.m5, .rth, [session]).resample(none, until: session.close).isEmpty)
    #expect(
      resampler(.m5, .rth, []).resample(try BarSeries(.m1, session.bars()), until: session.close).isEmpty)
  }

  @Test(arguments: [Timeframe.m5, .m15, .m30, .h1])
  func `bars of their own length stay as they are`(timeframe: Timeframe) throws {
    let session = try Session.on("2013-10-04", to: "19:30")
    let base = try BarSeries(timeframe, session.bars(every: timeframe.minutes))

    #expect(resampler(timeframe, .rth, [session]).resample(base, until: session.close) == base)
  }
}

/// A resampler on the grids of these sessions.
func resampler(_ timeframe: Timeframe, _ mode: SessionMode, _ sessions: [Session]) -> Resampler {
  Resampler(
    timeframe: timeframe, sessionMode: mode,
    schedule: SessionSchedule(calendar: "XNYS", version: "test", timeZone: .newYork, sessions: sessions))
}
