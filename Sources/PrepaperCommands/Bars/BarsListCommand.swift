import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData

/// `prepaper bars ls`: what is in a store.
struct BarsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List the series of a store, with their first and last bar.")

  @OptionGroup var store: BarStoreOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let series = try store.file(try await Settings()).openReading().series()
    answer.output.print(json: ["series": .array(series.map(\.json))]) {
      var table = Table(["SYMBOL", "TIMEFRAME", "BARS", "FIRST", "LAST"])
      for series in series {
        table.add([
          series.symbol, series.timeframe, "\(series.bars)", series.ends.lowerBound.rfc3339,
          series.ends.upperBound.rfc3339,
        ])
      }
      return table.text
    }
  }
}

extension StoredSeries {
  fileprivate var json: JSONValue {
    .object([
      "symbol": .string(symbol), "timeframe": .string(timeframe), "bars": .integer(Int64(bars)),
      "first": .string(ends.lowerBound.rfc3339), "last": .string(ends.upperBound.rfc3339),
    ])
  }
}
