import PrepaperDomain
import Testing

/// When bars are over.
@Suite struct BarClosesTests {
  /// A full day, a half day and a Monday after clocks were put forward.
  private func sessions() throws -> [Session] {
    try [
      ("2024-11-27", "2024-11-27T14:30:00Z", "2024-11-27T21:00:00Z"),
      ("2024-11-29", "2024-11-29T14:30:00Z", "2024-11-29T18:00:00Z"),
      ("2025-03-10", "2025-03-10T13:30:00Z", "2025-03-10T20:00:00Z"),
    ].map { day, open, close in
      Session(day: try date(day), hours: TimeSpan(from: try instant(open), to: try instant(close)))
    }
  }

  @Test(arguments: [
    (Timeframe.h1, SessionMode.rth, "2024-11-27T14:30:00Z", "2024-11-27T15:30:00Z"),
    // The session's last hour is half an hour, on half days too.
    (.h1, .rth, "2024-11-27T20:30:00Z", "2024-11-27T21:00:00Z"),
    (.h1, .rth, "2024-11-29T17:30:00Z", "2024-11-29T18:00:00Z"),
    (.h1, .rth, "2025-03-10T19:30:00Z", "2025-03-10T20:00:00Z"),
    // With all hours it goes on, like the trade in it.
    (.h1, .all, "2024-11-27T20:30:00Z", "2024-11-27T21:30:00Z"),
    // Outside of every session nothing cuts it.
    (.h1, .rth, "2024-11-27T21:30:00Z", "2024-11-27T22:30:00Z"),
    (.h1, .rth, "2020-01-02T20:30:00Z", "2020-01-02T21:30:00Z"),
    (.m30, .rth, "2024-11-27T20:30:00Z", "2024-11-27T21:00:00Z"),
    (.m1, .all, "2024-11-27T20:59:00Z", "2024-11-27T21:00:00Z"),
    (.m5, .rth, "2024-11-29T17:55:00Z", "2024-11-29T18:00:00Z"),
    // A daily bar is over at its session's close, with all hours too.
    (.d1, .rth, "2024-11-27T00:00:00Z", "2024-11-27T21:00:00Z"),
    (.d1, .all, "2024-11-27T00:00:00Z", "2024-11-27T21:00:00Z"),
    (.d1, .rth, "2024-11-29T00:00:00Z", "2024-11-29T18:00:00Z"),
    (.d1, .rth, "2025-03-10T00:00:00Z", "2025-03-10T20:00:00Z"),
    (.d1, .rth, "2024-11-28T00:00:00Z", "2024-11-29T00:00:00Z"),
    (.d1, .rth, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
  ])
  func `a bar is over when nothing can be added to it`(
    timeframe: Timeframe, mode: SessionMode, open: String, close: String
  ) throws {
    let closes = BarCloses(timeframe, mode, sessions: try sessions())

    #expect(try closes.close(ofBarOpening: instant(open)) == instant(close))
  }
}
