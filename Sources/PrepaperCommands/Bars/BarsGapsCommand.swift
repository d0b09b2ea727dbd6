import ArgumentParser
import PrepaperApp
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
    let store = try store.file(try await Settings()).openReading()
    let gaps = try SeriesGaps(
      of: symbol, timeframe, from: from, to: to, on: MarketCalendars()[calendar], in: store)
    answer.output.print(json: gaps.json) { gaps.text }
  }
}

extension SeriesGaps {
  /// The gaps, a line each, and a sum.
  fileprivate var text: String {
    let summary =
      "\(symbol) \(timeframe.rawValue) from \(span.from.rfc3339) to \(span.to.rfc3339) on \(calendar.name): "
      + "\(report.expectedBars) bars expected, \(report.presentBars) of them there"
    guard !report.holes.isEmpty else { return summary }
    var table = Table(["SESSION", "CLASS", "FIRST", "LAST", "BARS"])
    for hole in report.holes {
      table.add([
        session(of: hole), hole.kind.rawValue, hole.first.rfc3339, hole.last.rfc3339, "\(hole.bars)",
      ])
    }
    return table.text + "\n\n" + summary
  }

  /// The gaps as `--json` shows them.
  fileprivate var json: [String: JSONValue] {
    [
      "symbol": .string(symbol.description), "timeframe": .string(timeframe.rawValue),
      "calendar": .string(calendar.name), "from": .string(span.from.rfc3339), "to": .string(span.to.rfc3339),
      "expected_bars": .integer(Int64(report.expectedBars)), "present_bars": .integer(Int64(report.presentBars)),
      "gaps": .array(
        report.holes.map { hole in
          .object([
            "session": .string(session(of: hole)), "class": .string(hole.kind.rawValue),
            "first": .string(hole.first.rfc3339), "last": .string(hole.last.rfc3339),
            "bars": .integer(Int64(hole.bars)),
          ])
        }),
    ]
  }
}
