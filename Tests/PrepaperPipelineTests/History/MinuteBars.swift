import PrepaperDomain

extension Session {
  /// A bar for each stretch of the session, all numbers told by its place in it: they open at 1000, 1001 and so on.
  func bars(every minutes: Int = 1) -> [Bar] {
    let step = Int64(minutes) * 60_000_000
    let count = (close.microseconds - open.microseconds) / step
    return (0..<count).map { place in
      let price = 1000 + Double(place)
      return Bar(
        time: UTCTimestamp(microseconds: open.microseconds + place * step), open: price, high: price + 0.75,
        low: price - 0.25, close: price + 0.5, volume: 1)
    }
  }
}
