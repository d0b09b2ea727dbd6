/// What a run tells while it goes: for logs and progress, never for its result.
package enum RunEvent: Hashable, Sendable {
  /// The data it uses.
  case using(String)
  /// Something an operator should know.
  case warning(String)
  /// It begins.
  case began(runID: RunID, backtestRunID: RunID)
  /// A stage begins.
  case stage(RunStage)
  /// Bars are there: how many, and what they are.
  case barsLoaded(Int, symbol: Symbol, timeframe: Timeframe, source: String)
  /// The gate has judged a symbol.
  case gate(SymbolHistory)
  /// The gate has judged all symbols.
  case history(RunHistory)
  /// The run was executed again, and its strategy tried without later bars; the reason says why not everywhere.
  case proven(RunProof, reason: String?)
  /// The signals store has answered.
  case signalsWritten(SignalsReceipt)
}

/// The stages of a run, in their order.
package enum RunStage: String, CaseIterable, Sendable {
  case manifest, bars, gate, features, strategy, plan, files, proof, report, signals
}
