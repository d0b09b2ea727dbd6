package import PrepaperDomain

/// Where the price changes by more than a share of itself from one session to the next.
///
/// A session's day begins at midnight in the market's zone, so that bars of extended hours belong to one too. An
/// unadjusted series across a split of 7 for 1 has one jump, of −0.857.
package func priceJumps(
  in series: BarSeries, _ schedule: SessionSchedule, beyond share: Double
) -> [PriceJump] {
  var jumps: [PriceJump] = []
  var lastIndex: Int?
  for session in schedule.sessions {
    let start =
      series.timeframe == .d1
      ? session.day.startUTC : schedule.timeZone.instant(of: session.day, secondOfDay: 0)
    let index = series.firstIndex(atOrAfter: start)
    guard index < series.count else { break }
    defer { lastIndex = index }
    guard index > 0, lastIndex != index else { continue }
    let (close, open) = (series.close[index - 1], series.open[index])
    guard abs(open / close - 1) > share else { continue }
    jumps.append(
      PriceJump(
        symbol: series.symbol, from: series.time[index - 1], to: series.time[index], close: close, open: open))
  }
  return jumps
}
