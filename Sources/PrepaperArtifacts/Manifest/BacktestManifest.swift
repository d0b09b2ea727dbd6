package import PrepaperDomain
package import PrepaperJSON

/// What a PrePaper run takes from the backtest that it starts from: its manifest is the only source.
package struct BacktestManifest: Hashable, Sendable {
  /// The backtest's id.
  package let runID: RunID
  /// How it ended; only `success` is approved.
  package let status: String
  /// The strategy and the version of it.
  package let strategyKey, strategyVersion: String
  /// The strategy's parameters as the backtest had them.
  package let parameters: [String: JSONValue]
  /// The instruments, ascending and each once.
  package let symbols: [Symbol]
  /// The timeframe of the strategy's bars.
  package let timeframe: Timeframe
  /// The timeframe that those were resampled from, where the manifest says so.
  package let baseTimeframe: Timeframe?
  /// The market's days and hours.
  package let calendar: CalendarName
  /// The end of the data that the backtest has seen, where the manifest says so.
  package let seenUntil: UTCTimestamp?
  /// The warm-up that the manifest asks for, in bars; 0 where it says nothing.
  package let requiredWarmUpBars: Int
  /// The commit that the backtest was made with, where the manifest says so.
  package let commitHash: String?
  /// SHA-256 of the whole manifest in compact canonical form.
  package let digest: String

  /// Whether the backtest ended in `success`.
  package var isApproved: Bool { status == "success" }
}
