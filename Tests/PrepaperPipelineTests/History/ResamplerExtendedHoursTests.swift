import PrepaperDomain
import PrepaperPipeline
import Testing

@Suite struct ResamplerExtendedHoursTests {
  @Test func `the grid goes on before the open and after the close`() throws {
    // Given minutes from 12:00 to 21:00, the session from 13:30 to 20:00
    let session = try Session.on("2013-10-04")
    let whole = try Session.on("2013-10-04", from: "12:00", to: "21:00")
    let base = try BarSeries(.m1, whole.bars())

    // When they are resampled to hours
    let hours = resampler(.h1, .all, [session]).resample(base, until: whole.close)

    // Then an hour's bar may begin before its first minute, and holds minutes of both sides of the close
    #expect(
      hours.time.map(\.rfc3339) == [
        "2013-10-04T11:30:00Z", "2013-10-04T12:30:00Z", "2013-10-04T13:30:00Z", "2013-10-04T14:30:00Z",
        "2013-10-04T15:30:00Z", "2013-10-04T16:30:00Z", "2013-10-04T17:30:00Z", "2013-10-04T18:30:00Z",
        "2013-10-04T19:30:00Z",
      ])
    #expect(hours.volume == [30, 60, 60, 60, 60, 60, 60, 60, 60])
    #expect(hours.open.first == 1000)
  }

  @Test func `the bar that the close would cut is not over then`() throws {
    let session = try Session.on("2013-10-04")
    let base = try BarSeries(.m1, session.bars())

    let all = resampler(.h1, .all, [session]).resample(base, until: session.close)
    let rth = resampler(.h1, .rth, [session]).resample(base, until: session.close)

    #expect(all.count == 6)
    #expect(rth.count == 7)
    #expect(rth.volume.last == 30)
  }

  @Test func `each day has its own grid from local midnight on`() throws {
    // Given two days that open at different minutes of the hour
    let friday = try Session.on("2025-03-07", from: "14:30", to: "21:00")
    let monday = try Session.on("2025-03-10", from: "13:45", to: "20:00")
    let times = [
      "2025-03-07T23:20:00Z", "2025-03-10T03:59:00Z", "2025-03-10T04:00:00Z", "2025-03-10T13:44:00Z",
      "2025-03-10T13:45:00Z",
    ]
    let base = try BarSeries(
      .m1, try times.map { Bar(time: try instant($0), open: 1, high: 1, low: 1, close: 1, volume: 1) })

    let hours = try resampler(.h1, .all, [friday, monday]).resample(base, until: instant("2025-03-10T15:00:00Z"))

    // Then a bar at night belongs to the day that local time says, also across the weekend's clock change
    #expect(
      hours.time.map(\.rfc3339) == [
        "2025-03-07T22:30:00Z", "2025-03-10T03:30:00Z", "2025-03-10T03:45:00Z", "2025-03-10T12:45:00Z",
        "2025-03-10T13:45:00Z",
      ])
  }

  @Test func `pre-market alone makes bars`() throws {
    let session = try Session.on("2013-10-04")
    let early = try Session.on("2013-10-04", from: "08:00", to: "09:00")
    let base = try BarSeries(.m1, early.bars())

    let quarters = resampler(.m15, .all, [session]).resample(base, until: early.close)

    #expect(quarters.count == 4)
    #expect(quarters.time.first == early.open)
  }
}
