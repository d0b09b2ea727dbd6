import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSourceTesting
import PrepaperTestSupport

/// A directory of CSV bars that lives as long as the test.
struct BarsDirectory {
  static let header = "ts,open,high,low,close,volume"

  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// A directory with the bars of a series in their file.
  init(_ series: BarSeries) throws {
    try self.init()
    try write(Self.csv(series), to: "\(series.symbol).\(series.timeframe.rawValue).csv")
  }

  var path: String { directory.path }

  /// Writes a file; its absolute path.
  @discardableResult
  func write(_ text: String, to file: String = "SPY.M1.csv") throws -> String {
    try directory.write(text, to: file)
  }

  /// Opens SPY.
  func open(_ timeframe: Timeframe = .m1, base: Timeframe? = nil) throws -> any BarFeed {
    try CSVBarSource(directory: path).open(.of("SPY", timeframe, base: base))
  }

  /// Every bar that opening SPY finds.
  func bars(_ timeframe: Timeframe = .m1, base: Timeframe? = nil) async throws -> BarSeries {
    try await open(timeframe, base: base).bars(in: always).series
  }

  /// The service over these files.
  private func service() -> RealMarketDataService {
    RealMarketDataService(source: CSVBarSource(directory: path), signalsPlace: "\(path)/signals.db")
  }

  /// What the service over these files answers for SPY.
  func spy(
    _ request: WindowRequest, _ timeframe: Timeframe = .m5, base: Timeframe? = .m1, mode: SessionMode = .rth,
    warmUp: WarmUp = WarmUp(bars: 0), now: String = "2026-01-05T08:00:00Z"
  ) async throws -> BarsResponse {
    try await service().spy(request, timeframe, base: base, mode: mode, warmUp: warmUp, now: now)
  }

  static func csv(_ series: BarSeries) -> String {
    var lines = [header]
    for index in 0..<series.count {
      let bar = series[index]
      lines.append("\(bar.time),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(bar.volume)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// What `day`, `day day`, `instant instant` or nothing asks for.
func window(_ text: String) throws -> WindowRequest {
  let parts = text.split(separator: " ").map(String.init)
  switch parts.count {
  case 0: return .lastSession
  case 1: return .day(try day(parts[0]))
  default:
    guard let from = WindowBound(parsing: parts[0]), let to = WindowBound(parsing: parts[1]) else {
      throw NotReadable(text: text)
    }
    return .span(from: from, to: to)
  }
}

extension MarketDataService {
  /// The bars of SPY for a window.
  func spy(
    _ request: WindowRequest, _ timeframe: Timeframe = .m5, base: Timeframe? = .m1, mode: SessionMode = .rth,
    calendar: CalendarName = .xnys, seenUntil: UTCTimestamp? = nil, warmUp: WarmUp = WarmUp(bars: 0),
    now: String = "2026-01-05T08:00:00Z"
  ) async throws -> BarsResponse {
    let now = try instant(now)
    let window = try await window(
      WindowQuery(
        symbols: [symbol("SPY")], timeframe: timeframe, baseTimeframe: base, calendar: calendar, sessionMode: mode,
        window: request, seenUntil: seenUntil, now: now))
    return try await bars(
      BarsRequest(
        symbol: symbol("SPY"), timeframe: timeframe, baseTimeframe: base, calendar: calendar, sessionMode: mode,
        window: window, warmUp: warmUp, now: now))
  }
}
