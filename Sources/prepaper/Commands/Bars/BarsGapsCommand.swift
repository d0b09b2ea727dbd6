import ArgumentParser
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData

/// `prepaper bars gaps`: where bars lack that the calendar expects.
struct BarsGapsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: "Show where a series of a store lacks bars, session by session.",
    discussion: """
      Holes are classed as the history gate classes them, with its default tolerance, as if all of the span were one \
      run's: 'no_trade' where nobody may have traded, 'missing' where a run would be refused, 'outside_session' \
      between bars of extended hours. It is a report: the exit code is 0 with holes too.
      """)

  @Option(help: "The instrument.")
  var symbol: Symbol
  @Option(help: "The length of its bars: M1, M5, M15, M30, H1 or D1.")
  var timeframe: Timeframe
  @Option(
    help: ArgumentHelp(
      "Where to begin: a day (its start in the market's zone) or a time (default: the first bar).",
      valueName: "day-or-time"))
  var from: WindowBound?
  @Option(
    help: ArgumentHelp(
      "Where to end, itself not included (default: the end of the last bar).", valueName: "day-or-time"))
  var to: WindowBound?
  @Option(help: ArgumentHelp("XNYS or 24x7.", valueName: "name"))
  var calendar = CalendarName.xnys
  @OptionGroup var store: BarStoreOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let store = try store.openReading(try await Settings())
    let calendar = MarketCalendars()[calendar]
    let span = try span(store, calendar)
    let gaps = SeriesGaps(try store.bars(of: symbol, timeframe, in: span), in: span, calendar)
    answer.output.print(json: gaps.json) { gaps.text }
  }

  /// What to look at: what is asked for, and the series' own ends where nothing is.
  private func span(_ store: BarStore, _ calendar: any MarketCalendar) throws -> TimeSpan {
    guard let ends = try store.ends(of: symbol, timeframe) else {
      throw RunError(
        .symbolUnknown,
        "no bars of \(symbol) \(timeframe.rawValue) in \(store.path); 'bars ls' lists what there is")
    }
    let (first, end) = (ends.lowerBound, ends.upperBound + timeframe.duration)
    let from = from.map { instant($0, calendar) } ?? first
    let to = to.map { instant($0, calendar) } ?? end
    guard from < to else {
      throw CommandFailure(
        "usage", "--from \(from) is not before --to \(to); the bars are from \(first) to \(end)", .usage)
    }
    let days = [timeframe.date(of: from, calendar), timeframe.date(of: to - .microseconds(1), calendar)]
    if let day = days.first(where: { !calendar.range.contains($0) }) {
      throw RunError(
        .paramsInvalid,
        "\(day) is outside the calendar \(calendar.name), which goes from \(calendar.range.lowerBound) to "
          + "\(calendar.range.upperBound); say --from or --to")
    }
    return TimeSpan(from: from, to: to)
  }

  private func instant(_ bound: WindowBound, _ calendar: any MarketCalendar) -> UTCTimestamp {
    switch bound {
    case .day(let day): timeframe == .d1 ? day.startUTC : calendar.timeZone.instant(of: day, secondOfDay: 0)
    case .instant(let instant): instant
    }
  }
}
