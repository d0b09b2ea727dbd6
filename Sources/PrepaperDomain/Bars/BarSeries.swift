/// Bars of one symbol and timeframe as columns of equal length, ascending in time.
package struct BarSeries: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The length of every bar.
  package let timeframe: Timeframe
  /// Bar opens, UTC.
  package private(set) var time: [UTCTimestamp] = []
  /// First prices.
  package private(set) var open: [Double] = []
  /// Highest prices.
  package private(set) var high: [Double] = []
  /// Lowest prices.
  package private(set) var low: [Double] = []
  /// Last prices.
  package private(set) var close: [Double] = []
  /// Volumes.
  package private(set) var volume: [Double] = []

  /// A series without bars.
  package init(symbol: Symbol, timeframe: Timeframe) {
    self.symbol = symbol
    self.timeframe = timeframe
  }

  /// The number of bars.
  package var count: Int { time.count }

  /// Whether there is no bar.
  package var isEmpty: Bool { time.isEmpty }

  /// The bar at an index.
  package subscript(index: Int) -> Bar {
    Bar(
      time: time[index], open: open[index], high: high[index], low: low[index], close: close[index],
      volume: volume[index])
  }

  /// Makes room for that many bars in all.
  package mutating func reserveCapacity(_ count: Int) {
    time.reserveCapacity(count)
    open.reserveCapacity(count)
    high.reserveCapacity(count)
    low.reserveCapacity(count)
    close.reserveCapacity(count)
    volume.reserveCapacity(count)
  }

  /// Adds a bar at the end; its time must be after the last one's.
  package mutating func append(_ bar: Bar) {
    time.append(bar.time)
    open.append(bar.open)
    high.append(bar.high)
    low.append(bar.low)
    close.append(bar.close)
    volume.append(bar.volume)
  }

  /// The bars at these indices as a series of their own.
  package func slice(_ range: Range<Int>) -> BarSeries {
    var part = BarSeries(symbol: symbol, timeframe: timeframe)
    part.time = Array(time[range])
    part.open = Array(open[range])
    part.high = Array(high[range])
    part.low = Array(low[range])
    part.close = Array(close[range])
    part.volume = Array(volume[range])
    return part
  }

  /// The index of the first bar at or after the instant, `count` where there is none; by bisection.
  ///
  /// - Parameters:
  ///   - start: an index before which all bars are before the instant; a bar not far behind it is found sooner.
  ///   - guess: an index that is tried first.
  package func firstIndex(atOrAfter instant: UTCTimestamp, from start: Int = 0, guess: Int? = nil) -> Int {
    if let guess, guess > start, guess < count, time[guess] >= instant, time[guess - 1] < instant { return guess }
    var low = start
    var high = count
    var step = 1
    while low + step < high {
      if time[low + step] < instant {
        low += step + 1
        step *= 2
      } else {
        high = low + step
      }
    }
    while low < high {
      let middle = (low + high) / 2
      if time[middle] < instant { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The indices of the bars that open in the span.
  package func indices(in span: TimeSpan) -> Range<Int> {
    firstIndex(atOrAfter: span.from)..<firstIndex(atOrAfter: span.to)
  }
}
