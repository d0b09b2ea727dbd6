import PrepaperDomain
import PrepaperJSON

/// Puts the pages of a fetch together to one series.
///
/// - a bar that comes again on a later page with the same numbers is one bar; with other numbers it is an error
/// - a time that stands twice on one page is an error
/// - bars that do not ascend are an error, unless the descriptor says that they come in any order
struct BarCollector {
  private let source: String
  private let symbol: Symbol
  private let timeframe: Timeframe
  private let order: HTTPDescriptor.Order
  private let reader: RecordReader
  private var bars: [Bar] = []
  /// Where the bar of a time stands in `bars`, and on which page; bars that are not wanted stand nowhere.
  private var seen: [UTCTimestamp: (index: Int?, page: Int)] = [:]

  init(
    source: String, symbol: Symbol, timeframe: Timeframe, order: HTTPDescriptor.Order, reader: RecordReader
  ) {
    self.source = source
    self.symbol = symbol
    self.timeframe = timeframe
    self.order = order
    self.reader = reader
  }

  /// Takes the records of a page, counted from 1; whether any of them is new.
  ///
  /// - Throws: `RunError` with `bars_invalid`: source, page, record and rule of the first offender.
  mutating func add(_ records: [JSONValue], page: Int) throws(RunError) -> Bool {
    var hasNew = false
    for (index, record) in records.enumerated() {
      do {
        if try add(record, page: page) { hasNew = true }
      } catch {
        throw RunError(.barsInvalid, "\(source), page \(page), record \(index + 1): \(error.description)")
      }
    }
    return hasNew
  }

  /// The bars so far.
  var series: BarSeries {
    var series = BarSeries(symbol: symbol, timeframe: timeframe)
    series.reserveCapacity(bars.count)
    for bar in order == .any ? bars.sorted(by: { $0.time < $1.time }) : bars { series.append(bar) }
    return series
  }

  private mutating func add(_ record: JSONValue, page: Int) throws(PageFault) -> Bool {
    let time = try reader.time(of: record)
    let bar = reader.isWanted(time) ? try reader.bar(record, at: time) : nil
    if let before = seen[time] {
      guard let index = before.index, let bar else { return false }
      guard before.page < page else { throw PageFault(description: "time \(time) stands twice on this page") }
      guard bars[index] == bar else {
        throw PageFault(
          description: "the bar of \(time) came on page \(before.page) already, with other numbers")
      }
      return false
    }
    guard let bar else {
      seen[time] = (nil, page)
      return true
    }
    if order == .ascending, let last = bars.last, time < last.time {
      throw PageFault(description: "time \(time) is before the bar ahead of it, \(last.time)")
    }
    seen[time] = (bars.count, page)
    bars.append(bar)
    return true
  }
}
