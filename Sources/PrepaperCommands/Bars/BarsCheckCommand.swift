import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData

/// `prepaper bars check`: whether the bars of a store are what a run takes.
struct BarsCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold all bars of a store to the rules that a run holds them to; nothing is changed.",
    discussion: """
      Exit code 1 where a bar breaks a rule: the first one of each series is named. Bars that came again with other \
      numbers are reported, and break no rule.
      """)

  @Option(help: "Only the bars of this instrument.")
  var symbol: Symbol?
  @Option(help: "Only bars of this length: M1, M5, M15, M30, H1 or D1.")
  var timeframe: Timeframe?
  @OptionGroup var store: BarStoreOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let store = try store.file(try await Settings()).openReading()
    let series = try store.check(symbol, timeframe)
    if series.isEmpty, symbol != nil || timeframe != nil {
      let wanted = [symbol?.description, timeframe?.rawValue].compactMap(\.self).joined(separator: " ")
      throw RunError(.symbolUnknown, "no bars of \(wanted) in \(store.path); 'bars ls' lists what there is")
    }
    let broken = series.filter { $0.broken != nil }
    let failure = broken.first.map { first in
      CommandFailure(
        "check_failed",
        "\(store.path): \(broken.count) of \(series.count) series \(broken.count == 1 ? "has" : "have") a bar that "
          + "breaks a rule; the first is \(first.symbol) \(first.timeframe) \(first.finding)", .failed)
    }
    try answer.output.end(
      json: ["series": .array(series.map(\.json))], failure: failure, status: failure?.status
    ) { text(series) }
  }

  private func text(_ series: [CheckedSeries]) -> String {
    var table = Table(["SYMBOL", "TIMEFRAME", "BARS", "REVISIONS", "RESULT"])
    for series in series {
      table.add([series.symbol, series.timeframe, "\(series.bars)", "\(series.revisions.count)", series.finding])
    }
    let revisions = series.flatMap(\.revisions)
    return ([table.text] + revisions.map(\.line)).joined(separator: "\n")
  }
}

extension CheckedSeries {
  /// `ok`, or when a bar breaks which rule.
  fileprivate var finding: String {
    broken.map { broken in "\(broken.time.map { "\($0.rfc3339): " } ?? "")\(broken.rule)" } ?? "ok"
  }

  fileprivate var json: JSONValue {
    .object([
      "symbol": .string(symbol), "timeframe": .string(timeframe), "bars": .integer(Int64(bars)),
      "broken": broken.map { .object(["ts": $0.time.json, "rule": .string($0.rule)]) } ?? .null,
      "revisions": .array(revisions.map(\.json)),
    ])
  }
}

extension RecordedRevision {
  fileprivate var line: String {
    "revision of \(revision.symbol) \(revision.timeframe.rawValue) \(revision.kept.time.rfc3339), "
      + "\(isReplaced ? "taken" : "not taken"): was \(revision.kept.numbers); came \(revision.revised.numbers)"
  }

  fileprivate var json: JSONValue {
    .object([
      "ts": .string(revision.kept.time.rfc3339), "kept": revision.kept.json, "revised": revision.revised.json,
      "replaced": .bool(isReplaced), "source": .string(source), "seen_at": .string(seenAt.rfc3339),
    ])
  }
}
